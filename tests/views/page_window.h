// A page in a window without a screen: drawn, clicked and looked at by tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/app/mirror.h"
#include "web/app/update.h"
#include "web/views/page.h"
#include "web/widgets/null_painter.h"

namespace backstep::test {

struct PageWindow {
  app::Model model = app::initial_model();
  views::PageState state;
  ui::NullPainter painter;
  views::Intents intents;
  std::vector<app::Errand> errands;  // what was asked of the platform so far

  explicit PageWindow(ui::Vec2 size, bool touch = false) : painter(size) {
    painter.set_touch(touch);
    painter.set_motion(false);
  }
  void load(const std::string& preset) { app::update(model, app::LoadPreset{preset}); }

  // One frame, and then what it asked for.
  void frame() {
    intents.clear();
    painter.frame_of([&](ui::Painter& p) { views::draw_page(p, model, state, intents); });
    for (const app::Intent& intent : intents) {
      app::update(model, intent);
      if (const auto* run = std::get_if<app::Run>(&intent)) errands.push_back(run->errand);
    }
  }
  void settle() {
    frame();
    frame();
  }
  bool click(std::string_view label) {
    const ui::DrawnArea* area = painter.find_area(label);
    if (!area || area->rect.empty()) return false;
    click_at(area->rect.centre());
    return true;
  }
  void move_to(ui::Vec2 at) {
    painter.pointer().position = at;
    painter.pointer().inside = true;
    settle();
  }
  void click_at(ui::Vec2 at) {
    move_to(at);
    painter.pointer().down = true;
    frame();
    painter.pointer().down = false;
    frame();
    frame();
  }
  std::string problems() const {
    std::string all;
    for (const std::string& line : painter.problems()) {
      // A control that cannot be used may be pale.
      const bool disabled = line.rfind("contrast", 0) == 0 &&
                            (line.find("\"Back\"") != std::string::npos || line.find("\"Next\"") != std::string::npos ||
                             line.find("\"Play\"") != std::string::npos);
      if (!disabled) all += line + "\n";
    }
    return all;
  }
};

}  // namespace backstep::test
