// For a projector: the stage and its sentence, and digits that are read from the last row.
#include "web/views/present.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/views/page_window.h"
#include "web/app/keys.h"
#include "web/app/tour.h"
#include "web/views/picture.h"

using namespace backstep;
using test::PageWindow;

namespace {

bool has_digit(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

// The smallest text with a digit in it.
std::string too_small(const PageWindow& window, float least) {
  for (const ui::DrawnItem& item : window.painter.items()) {
    if (item.kind != ui::DrawnItem::Kind::kText || !has_digit(item.text) || item.style.size >= least) continue;
    return item.text + " in " + std::to_string(item.style.size) + " px";
  }
  return "";
}

}  // namespace

TEST_CASE("present: at 1080p no digit is smaller than 24 px, at any step of the small presets") {
  for (const char* preset : {"pocket", "single-conv", "stride-padding", "max-pool", "edge-detect"}) {
    PageWindow window({1920, 1080});
    window.load(preset);
    app::update(window.model, app::TogglePresenter{});
    const std::int64_t every = window.model.steps() > 500 ? 37 : 1;
    for (std::int64_t step = 0; step < window.model.steps(); step += every) {
      app::update(window.model, app::Seek{step, -1});
      window.frame();
      CAPTURE(preset);
      CAPTURE(window.model.trace->steps().name(step));
      REQUIRE(too_small(window, views::kPresentedDigits) == "");
      REQUIRE(window.problems() == "");
      REQUIRE(window.painter.has_text(window.state.stage.sentence.substr(0, 5)));
    }
  }
}

TEST_CASE("picture: of an exported stage nothing can be pressed but its numbers") {
  for (const char* preset : {"pocket", "tiny-cnn", "max-pool"}) {
    PageWindow window({1000, 700});
    window.load(preset);
    for (const Block& block : window.model.trace->steps().blocks()) {
      app::update(window.model, app::Seek{block.first, -1});
      ui::NullPainter painter({1000, 700});
      views::PageState state;
      for (int frame = 0; frame < 2; ++frame) {
        painter.frame_of([&](ui::Painter& p) { views::draw_picture(p, window.model, state); });
      }
      for (const ui::DrawnArea& area : painter.areas()) {
        CAPTURE(area.label);
        CHECK(area.role != ui::HitRole::kButton);
        CHECK(area.role != ui::HitRole::kToggle);
      }
    }
  }
}

TEST_CASE("present: nothing but stage and sentence, in and out by key and click") {
  PageWindow window({1920, 1080});
  const auto press = [&](app::Key key) {
    const auto intent = app::intent_of_key(key, false, window.model);
    REQUIRE(intent.has_value());
    app::update(window.model, *intent);
    window.settle();
  };
  press(app::Key::present);
  CHECK(window.model.state.scene.view.present);
  for (const char* other : {"Play", "More", "Network map", "product"})
    CHECK(window.painter.find_area(other) == nullptr);
  const std::int64_t step = window.model.step();
  press(app::Key::page_down);
  CHECK(window.model.step() == step + 1);
  REQUIRE(window.click("Back"));
  CHECK(window.model.step() == step);
  press(app::Key::escape);
  CHECK_FALSE(window.model.state.scene.view.present);
  press(app::Key::present);
  REQUIRE(window.click("Leave the presenter mode"));
  CHECK_FALSE(window.model.state.scene.view.present);
}

TEST_CASE("present: the tour is shown with its words, and its digits are large too") {
  PageWindow window({1920, 1080});
  app::update(window.model, app::LoadAddress{R"({"present":"1"})", true});
  REQUIRE(window.model.state.scene.view.present);
  const std::size_t stops = window.model.state.tour.list->stops.size();
  for (std::size_t i = 0; i < stops; ++i) {
    app::update(window.model, app::GoToStop{i});
    window.settle();
    CAPTURE(i);
    CHECK(too_small(window, views::kPresentedDigits) == "");
    CHECK(window.problems() == "");
    CHECK(window.painter.has_text(app::tour_text(window.model).substr(0, 12)));
  }
  // Escape leaves the presentation first, and the tour goes on.
  app::update(window.model, *app::intent_of_key(app::Key::escape, false, window.model));
  CHECK_FALSE(window.model.state.scene.view.present);
  CHECK(window.model.state.tour.runs());
}
