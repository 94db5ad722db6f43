// The whole page, drawn by the painter without a screen: nothing is cut off or lies on something else, at any step.
#include "web/views/page.h"

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/views/page_window.h"

using namespace backstep;
using test::PageWindow;

namespace {

constexpr const char* kSmallPresets[] = {"pocket", "single-conv", "stride-padding", "max-pool"};
struct Screen {
  float w, h;
  bool touch;
};
constexpr Screen kScreens[] = {{1440, 900, false}, {390, 844, true}};

}  // namespace

TEST_CASE("views: every step of the small presets is drawn without a flaw") {
  for (const char* preset : kSmallPresets) {
    for (const Screen& screen : kScreens) {
      PageWindow window({screen.w, screen.h}, screen.touch);
      window.load(preset);
      for (std::int64_t step = 0; step < window.model.steps(); ++step) {
        app::update(window.model, app::Seek{step, -1});
        window.frame();
        CAPTURE(preset);
        CAPTURE(screen.w);
        CAPTURE(window.model.trace->steps().name(step));
        REQUIRE(window.problems() == "");
        REQUIRE(window.painter.has_text(window.state.stage.sentence.substr(0, 5)));
      }
    }
  }
}

TEST_CASE("views: every product of a convolution is drawn without a flaw") {
  for (const Screen& screen : kScreens) {
    PageWindow window({screen.w, screen.h}, screen.touch);
    for (const char* cell : {"conv1.y[0,1,1]", "pool1.y[0,1,0]", "conv1.dw[0,0,1,2]", "conv1.dx[0,2,2]", "loss.p[1]"}) {
      app::update(window.model, app::GoTo{cell});
      const std::int64_t step = window.model.step();
      for (std::int64_t term = 0; term <= window.model.terms(); ++term) {
        app::update(window.model, app::Seek{step, term});
        window.frame();
        CAPTURE(cell);
        CAPTURE(term);
        REQUIRE(window.problems() == "");
      }
      app::update(window.model, app::SetGrain{Grain::cell});
    }
  }
}

TEST_CASE("views: every grain, theme and size is drawn without a flaw") {
  constexpr Screen kSizes[] = {{1440, 900, false}, {1024, 768, false}, {820, 1180, true},
                               {390, 844, true},   {480, 360, false},  {1920, 1080, false}};
  for (const Screen& size : kSizes) {
    for (int kind = 0; kind < ui::kThemeCount; ++kind) {
      PageWindow window({size.w, size.h}, size.touch);
      window.painter.set_theme(static_cast<ui::ThemeKind>(kind));
      for (const char* cell : {"conv1.y[0,1,1]", "relu1.y[0,1,1]", "pool1.dx[0,3,2]", "dense1.dw[1,2]", "loss.dx[0]",
                               "conv1.dx[0,2,2]", "dense1.w[1,2]"}) {
        for (const Grain grain : {Grain::cell, Grain::channel, Grain::layer}) {
          app::update(window.model, app::GoTo{cell});
          app::update(window.model, app::SetGrain{grain});
          window.frame();
          CAPTURE(size.w);
          CAPTURE(cell);
          CAPTURE(kind);
          REQUIRE(window.problems() == "");
        }
      }
    }
  }
}

TEST_CASE("views: panels that open on request are drawn without a flaw") {
  constexpr Screen kSizes[] = {{1440, 900, false}, {900, 700, false}, {820, 1180, true},
                               {720, 600, false},  {719, 900, true},  {390, 844, true}};
  for (const Screen& screen : kSizes) {
    for (const app::Intent& intent :
         {app::Intent{app::ToggleInspector{}}, app::Intent{app::ToggleEverything{}}, app::Intent{app::ToggleKeys{}},
          app::Intent{app::ToggleStrip{}}, app::Intent{app::GoTo{"nowhere"}}}) {
      PageWindow window({screen.w, screen.h}, screen.touch);
      app::update(window.model, app::Seek{113, -1});
      app::update(window.model, intent);
      window.settle();
      CAPTURE(screen.w);
      CAPTURE(intent.index());
      CHECK(window.problems() == "");
    }
  }
}

TEST_CASE("views: the header leads to the lesson, on a phone from its menu") {
  PageWindow wide({1440, 900});
  wide.settle();
  REQUIRE(wide.click("Lesson"));
  CHECK(wide.errands == std::vector{app::Errand::open_lesson});
  PageWindow phone({390, 844}, true);
  phone.settle();
  REQUIRE(phone.click("More"));
  REQUIRE(phone.click("Lesson"));
  CHECK(phone.errands == std::vector{app::Errand::open_lesson});
}

TEST_CASE("views: files are opened from the list of scenes") {
  PageWindow window({1440, 900});
  window.settle();
  REQUIRE(window.click("Scene: Pocket net"));
  REQUIRE(window.click("Open a file…"));
  CHECK(window.errands == std::vector{app::Errand::open_file});
  CHECK_FALSE(window.state.scenes_open);
}

TEST_CASE("views: the network map is offered where there is room for it") {
  for (const Screen& screen : {Screen{1440, 900, false}, Screen{1440, 500, false}, Screen{390, 844, true}}) {
    PageWindow window({screen.w, screen.h}, screen.touch);
    window.settle();
    REQUIRE(window.click("More"));
    CHECK(window.painter.has_text("Fold the network map") == (screen.h > 844));
  }
}

TEST_CASE("views: long columns of numbers are wider than high, and as wide as each other") {
  views::GridWish wish;
  wish.rows = 10;
  const std::vector<views::GridWish> wishes(3, wish);
  const auto places = views::place_grids({0, 0, 900, 300}, wishes, views::StageForm::kTable);
  REQUIRE(places.size() == 3);
  for (const views::GridPlace& place : places) {
    CHECK(place.grid.cell < 30);
    CHECK(place.grid.width() == 60);
  }
  const auto narrow = views::place_grids({0, 0, 130, 300}, wishes, views::StageForm::kTable);
  for (const views::GridPlace& place : narrow) {
    CHECK(place.grid.width() == narrow.front().grid.width());
    CHECK(place.grid.bounds().right() <= 130);
  }
  // Cells in which no number fits are not stretched.
  wish.rows = 40;
  const auto low = views::place_grids({0, 0, 900, 300}, std::vector{wish}, views::StageForm::kTable);
  CHECK(low.front().grid.wider == 0);
}

TEST_CASE("views: kept places are those that would be found anew") {
  views::GridWish wish;
  wish.rows = wish.cols = 6;
  views::KeptPlaces kept;
  const auto same_as_anew = [&](const ui::Rect& area, views::StageForm form) {
    const std::vector<views::GridWish> wishes(2, wish);
    const auto anew = views::place_grids(area, wishes, form);
    const auto& places = kept.of(area, wishes, form);
    REQUIRE(places.size() == anew.size());
    for (std::size_t i = 0; i < anew.size(); ++i) CHECK(places[i].grid.bounds() == anew[i].grid.bounds());
  };
  const ui::Rect wide{0, 0, 900, 300};
  same_as_anew(wide, views::StageForm::kGrids);
  same_as_anew(wide, views::StageForm::kGrids);
  wish.cols = 3;
  same_as_anew(wide, views::StageForm::kGrids);
  same_as_anew({0, 0, 400, 300}, views::StageForm::kGrids);
  same_as_anew({0, 0, 400, 300}, views::StageForm::kTable);
}

TEST_CASE("views: the controls move the cursor") {
  PageWindow window({1440, 900});
  window.settle();
  const std::int64_t before = window.model.step();
  REQUIRE(window.click("Next"));
  CHECK(window.model.step() == before + 1);
  REQUIRE(window.click("Back"));
  CHECK(window.model.step() == before);
  REQUIRE(window.click("Play"));
  CHECK(window.model.state.playing);
  REQUIRE(window.click("Pause"));
  CHECK_FALSE(window.model.state.playing);
  REQUIRE(window.click("layer"));
  CHECK(window.model.cursor().grain == Grain::layer);
  REQUIRE(window.click("Inspector"));
  CHECK(window.model.state.scene.view.inspector);
}

TEST_CASE("views: a cell of the output is gone to, a cell of an operand is pinned") {
  PageWindow window({1440, 900});
  window.settle();
  REQUIRE(window.click("conv1 Y[0,2,1], not yet computed"));
  CHECK(window.model.trace->steps().name(window.model.step()) == "conv1.y[0,2,1]");
  CHECK_FALSE(window.model.state.pinned.has_value());
  REQUIRE(window.click("conv1 K[0,0,0,2]"));
  REQUIRE(window.model.state.pinned.has_value());
  CHECK(window.model.state.pinned->slot == Slot::w);
  CHECK(window.model.state.pinned->index == 2);
  // A second click on a number that can be changed opens its field; on a computed one it unpins.
  REQUIRE(window.click("conv1 K[0,0,0,2]"));
  CHECK(window.model.state.field.has_value());
  app::update(window.model, app::CloseField{});
  app::update(window.model, app::LeaveGrid{});
  CHECK_FALSE(window.model.state.pinned.has_value());
  for (const bool pinned : {true, false}) {
    REQUIRE(window.click("conv1 Y[0,2,1]"));
    CHECK(window.model.state.pinned.has_value() == pinned);
  }
  CHECK_FALSE(window.model.state.field.has_value());
}

TEST_CASE("views: the network map goes to what it shows") {
  PageWindow window({1440, 900});
  window.settle();
  REQUIRE(window.click("Go to pool1"));
  CHECK(window.model.trace->steps().name(window.model.step()) == "pool1.y[0,0,0]");
  app::update(window.model, app::SeekEnd{true});
  window.settle();
  REQUIRE(window.click("Go to the gradient of the weights of conv1"));
  CHECK(window.model.trace->steps().name(window.model.step()) == "conv1.dw[0,0,0,0]");
}

TEST_CASE("views: scene and target are chosen from menus") {
  PageWindow window({1440, 900});
  window.settle();
  REQUIRE(window.click("Scene: Pocket net"));
  REQUIRE(window.click("Max pooling"));
  CHECK(window.model.state.scene.name == "max-pool");
  window.load("pocket");
  window.settle();
  REQUIRE(window.click("Target class: A"));
  REQUIRE(window.click("B"));
  CHECK((*window.model.state.scene.problem.classes)[0] == 1);
}

TEST_CASE("views: a frame that changes nothing asks for no other, and hovering only highlights") {
  PageWindow window({1440, 900});
  window.settle();
  CHECK_FALSE(window.painter.wants_frame());
  const std::uint64_t digest = window.painter.digest();
  window.frame();
  CHECK(window.painter.digest() == digest);
  const ui::DrawnArea* cell = window.painter.find_area("conv1 K[0,0,0,2]");
  REQUIRE(cell != nullptr);
  const std::int64_t step = window.model.step();
  window.move_to(cell->rect.centre());
  CHECK(window.model.state.hover.has_value());
  CHECK(window.model.step() == step);
  CHECK(window.painter.digest() != digest);
  window.move_to({720, 5});
  window.frame();
  CHECK(window.painter.digest() == digest);
}

// Another trace may come to lie where the one that is drawn lay; as long as it is drawn it must not go.
TEST_CASE("views: a trace stays while it is drawn, also when the same scene is shown anew") {
  PageWindow window({1440, 900});
  window.settle();
  const std::weak_ptr<const Trace> drawn = window.model.trace;
  window.load("pocket");
  CHECK_FALSE(drawn.expired());
  window.settle();
  CHECK(drawn.expired());
}

TEST_CASE("views: motion asks for frames while it lasts and leaves nothing behind") {
  PageWindow window({1440, 900});
  window.painter.set_motion(true);
  app::update(window.model, app::Seek{5, -1});
  window.settle();
  CHECK_FALSE(window.painter.wants_frame());  // a seek cuts
  app::update(window.model, app::Move{1});
  window.frame();
  CHECK(window.painter.wants_frame());
  window.painter.advance(0.2);
  window.frame();
  CHECK(window.painter.wants_frame());
  const std::uint64_t under_way = window.painter.digest();
  window.painter.advance(0.5);
  window.frame();
  CHECK_FALSE(window.painter.wants_frame());
  CHECK(window.painter.digest() != under_way);
  PageWindow still({1440, 900});
  app::update(still.model, app::Seek{6, -1});
  still.settle();
  CHECK(window.painter.digest() == still.painter.digest());
}

TEST_CASE("page: a press held on the scrubber asks for nothing once it is there, at any grain") {
  PageWindow window({1440, 900});
  for (const Grain grain : {Grain::product, Grain::cell, Grain::layer}) {
    app::update(window.model, app::SetGrain{grain});
    app::update(window.model, app::SeekEnd{false});
    window.settle();
    const ui::DrawnArea* bar = nullptr;
    for (const ui::DrawnArea& area : window.painter.areas()) {
      if (area.id == ui::hit_id("transport.scrubber")) bar = &area;
    }
    REQUIRE(bar);
    window.move_to(bar->rect.centre());
    window.painter.pointer().down = true;
    window.frame();
    CHECK(window.model.step() > 0);
    window.frame();
    CHECK(window.intents.empty());
    window.painter.pointer().down = false;
    window.settle();
  }
}
