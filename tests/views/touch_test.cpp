// Hands on the drawn numbers: drag, brush, second click, menu, glow.
#include <doctest/doctest.h>

#include "web/app/cells.h"
#include "web/app/update.h"
#include "web/views/page.h"
#include "web/widgets/null_painter.h"

namespace {

using namespace backstep;

struct Hand {
  app::Model model = app::initial_model();
  views::PageState state;
  ui::NullPainter painter;
  views::Intents intents;
  double time = 0;

  explicit Hand(bool touch = false, bool motion = false) : painter(touch ? ui::Vec2{390, 844} : ui::Vec2{1440, 900}) {
    painter.set_touch(touch);
    painter.set_motion(motion);
    frame();
    frame();
  }
  void frame() {
    intents.clear();
    painter.frame_of([&](ui::Painter& p) { views::draw_page(p, model, state, intents); });
    for (const app::Intent& intent : intents) app::update(model, intent);
  }
  void at(ui::Vec2 place, bool down) {
    painter.pointer().position = place;
    painter.pointer().inside = true;
    painter.pointer().down = down;
    frame();
  }
  ui::Vec2 cell(std::string_view label) {
    const ui::DrawnArea* area = painter.find_area(label);
    REQUIRE_MESSAGE(area, label);
    return area->rect.centre();
  }
  void click(ui::Vec2 place) {
    at(place, false);
    at(place, true);
    at(place, false);
    frame();
  }
  float weight(int i) const { return model.state.scene.problem.parameters->layers[0].w[i]; }
};

}  // namespace

TEST_CASE("views: a vertical drag changes the weight, as one entry of undo, and nothing else follows") {
  Hand hand;
  const ui::Vec2 place = hand.cell("conv1 K[0,0,1,1]");
  const float before = hand.weight(4);
  const std::int64_t step = hand.model.step();
  hand.at(place, false);
  hand.at(place, true);
  for (int i = 1; i <= 10; ++i) hand.at({place.x, place.y - 3.0F * static_cast<float>(i)}, true);
  CHECK(hand.weight(4) == before + 5);
  hand.at({place.x, place.y - 30}, false);
  hand.frame();
  CHECK(hand.weight(4) == before + 5);
  CHECK(hand.model.state.undo.size() == 1);
  CHECK_FALSE(hand.model.state.gesture);
  CHECK(hand.model.step() == step);
  CHECK_FALSE(hand.model.state.pinned);
}

TEST_CASE("views: a finger drags only the cell that it has pinned") {
  Hand hand(true);
  const ui::Vec2 place = hand.cell("conv1 K[0,0,1,1]");
  const float before = hand.weight(4);
  const auto drag = [&] {
    hand.painter.pointer().touch = true;
    hand.at(place, true);
    for (int i = 1; i <= 8; ++i) hand.at({place.x, place.y - 6.0F * static_cast<float>(i)}, true);
    hand.at({place.x, place.y - 48}, false);
    hand.frame();
  };
  drag();
  CHECK(hand.weight(4) == before);
  hand.click(place);
  REQUIRE(hand.model.state.pinned);
  drag();
  CHECK(hand.weight(4) == before + 8);
}

TEST_CASE("views: a second click on a given cell opens its field over it; on a computed one it unpins") {
  Hand hand;
  const ui::Vec2 place = hand.cell("conv1 K[0,0,1,1]");
  hand.click(place);
  CHECK_FALSE(hand.model.state.field);
  hand.click(place);
  REQUIRE(hand.model.state.field);
  CHECK(hand.model.state.field->cell == "conv1.w[0,0,1,1]");
  CHECK(hand.state.field_cell.contains(place));
  app::update(hand.model, app::SetCell{hand.model.state.field->cell, "3"});
  hand.frame();
  CHECK(hand.state.field_cell.empty());
  CHECK(hand.weight(4) == 3.0F);
}

TEST_CASE("views: the brush paints every cell on its way") {
  Hand hand;
  app::update(hand.model, app::SetBrush{8.0F});
  hand.frame();
  hand.frame();
  const ui::Vec2 from = hand.cell("conv1 X[0,0,0]"), to = hand.cell("conv1 X[0,0,5]");
  hand.at(from, false);
  hand.at(from, true);
  hand.at(to, true);
  hand.at(to, false);
  hand.frame();
  for (int i = 0; i < 6; ++i) CHECK((*hand.model.state.scene.problem.input)[i] == 8.0F);
  CHECK((*hand.model.state.scene.problem.input)[6] != 8.0F);
  CHECK(hand.model.state.undo.size() == 1);
  CHECK_FALSE(hand.model.state.pinned);
  REQUIRE(hand.painter.find_area("Done"));
  hand.click(hand.cell("Done"));
  CHECK_FALSE(hand.model.state.brush);
}

TEST_CASE("views: a right click opens the menu, whose entries do what they say") {
  Hand hand;
  const ui::Vec2 place = hand.cell("conv1 X[0,1,1]");
  hand.at(place, false);
  hand.painter.pointer().right_clicked = true;
  hand.frame();
  hand.painter.pointer().right_clicked = false;
  hand.frame();
  hand.frame();
  REQUIRE(hand.model.state.menu);
  std::string problems;
  for (const std::string& line : hand.painter.problems()) {
    if (line.find("\"Back\"") == std::string::npos) problems += line + "\n";  // at the first step it cannot be used
  }
  CHECK(problems == "");
  hand.click(hand.cell("Watch"));
  CHECK(hand.model.state.scene.watches == std::vector<std::string>{"input[0,1,1]"});
  CHECK_FALSE(hand.model.state.menu);
}

TEST_CASE("views: what an edit changed glows once, and no frame is asked for when it is over") {
  Hand hand(false, true);
  app::update(hand.model, app::SetCell{"conv1.w[0,0,0,1]", "7"});
  hand.frame();
  const auto glowing = [&] {
    int cells = 0;
    for (const views::PanelView& panel : hand.state.stage.panels) cells += static_cast<int>(panel.changed.size());
    return cells;
  };
  CHECK(glowing() == 2);  // the weight and the one output that is computed
  CHECK(hand.painter.wants_frame());
  hand.painter.advance(2.0);
  hand.frame();
  CHECK(glowing() == 0);
  hand.frame();
  CHECK_FALSE(hand.painter.wants_frame());
}

TEST_CASE("views: without motion the mark of a change stays until the next step") {
  Hand hand;
  app::update(hand.model, app::SetCell{"conv1.w[0,0,0,1]", "7"});
  hand.frame();
  CHECK(hand.state.stage.glows);
  hand.frame();
  CHECK(hand.state.stage.glows);
  CHECK_FALSE(hand.painter.wants_frame());
  app::update(hand.model, app::Move{1});
  hand.frame();
  CHECK_FALSE(hand.state.stage.glows);
}
