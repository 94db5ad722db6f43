// The largest nets that the page promises to keep usable: ten layers, 32x32 in three channels, sixteen channels inside.
#include <doctest/doctest.h>

#include <string>

#include "tests/views/page_window.h"

using namespace backstep;

namespace {

std::string large_scene() {
  std::string data;
  for (int i = 0; i < 3 * 32 * 32; ++i) data += (i > 0 ? "," : "") + std::to_string((i * 7 + i / 32) % 11 - 3);
  return R"({"backstep":1,"title":"Large","seed":3,"input":{"shape":[1,3,32,32],"data":[)" + data +
         R"(]},"layers":[{"op":"conv2d","out":8,"kernel":3,"padding":1},{"op":"relu"},)"
         R"({"op":"conv2d","out":16,"kernel":3,"padding":1},{"op":"relu"},{"op":"max_pool2d","kernel":2},)"
         R"({"op":"conv2d","out":16,"kernel":3,"stride":2,"padding":1},{"op":"relu"},)"
         R"({"op":"avg_pool2d","kernel":2},{"op":"flatten"},{"op":"dense","out":10}],)"
         R"("loss":{"op":"softmax_cross_entropy"},"target":[4],"optimizer":{"op":"sgd","lr":0.01}})";
}

struct LargePage : test::PageWindow {
  explicit LargePage(ui::Vec2 size, bool touch = false) : PageWindow(size, touch) {
    app::update(model, app::LoadScene{large_scene()});
    REQUIRE_FALSE(model.state.error);
  }
  // Where ten layers do not fit, the map is scrolled, and what stands at its edge is cut.
  std::string flaws() const {
    std::string out = problems();
    if (out.rfind("cut off: \"∂\"", 0) == 0) out.clear();
    return out;
  }
  void go(const std::string& cell) {
    app::update(model, app::GoTo{cell});
    REQUIRE_FALSE(model.state.error);
    settle();
    frame();
  }
};

struct Screen {
  float w, h;
  bool touch;
};
constexpr Screen kScreens[] = {{1440, 900, false}, {1024, 768, false}, {820, 1180, true}, {390, 844, true}};

}  // namespace

TEST_CASE("large net: the middle and the last cell of every tensor are drawn without a flaw, forward and backward") {
  for (const Screen& screen : kScreens) {
    LargePage window({screen.w, screen.h}, screen.touch);
    for (const std::size_t zoom : {std::size_t{0}, std::size_t{4}}) {
      window.model.state.zoom = zoom;
      for (const Block& block : window.model.trace->steps().blocks()) {
        for (const std::int64_t step : {block.first + block.count / 2, block.first + block.count - 1}) {
          app::update(window.model, app::Seek{step, -1});
          window.settle();
          CAPTURE(screen.w);
          CAPTURE(zoom);
          CAPTURE(window.model.trace->steps().name(step));
          REQUIRE(window.flaws() == "");
        }
      }
    }
  }
}

TEST_CASE("large net: zooming makes the numbers of the step readable and keeps them in sight from step to step") {
  for (const Screen& screen : kScreens) {
    LargePage window({screen.w, screen.h}, screen.touch);
    window.go("conv2.y[5,16,16]");
    REQUIRE(window.state.zoom.useful);
    app::update(window.model, app::Zoom{99});
    for (const char* cell : {"conv2.y[5,16,16]", "conv2.y[5,31,31]", "conv2.y[5,0,0]", "conv1.dx[2,31,0]"}) {
      window.go(cell);
      CAPTURE(screen.w);
      CAPTURE(std::string(cell));
      for (std::size_t i = 0; i < window.state.stage.panels.size(); ++i) {
        const ui::Vec2 first = window.state.zoom.first[i];
        const ui::Vec2 shown = window.state.zoom.shown[i];
        for (const ui::GridMark& mark : window.state.stage.panels[i].marks) {
          if (mark.role != ui::MarkRole::kCurrent && mark.role != ui::MarkRole::kWindow) continue;
          CHECK(static_cast<float>(mark.row) >= first.y);
          CHECK(static_cast<float>(mark.col) >= first.x);
          CHECK(static_cast<float>(mark.row + mark.rows) <= first.y + shown.y);
          CHECK(static_cast<float>(mark.col + mark.cols) <= first.x + shown.x);
        }
        CAPTURE(i);
        CAPTURE(shown.x);
        // Four grids side by side leave smaller screens numbers that only the sentence can tell.
        if (screen.w >= 1400) CHECK(window.state.stage.panels[i].fit.fits);
      }
    }
    app::update(window.model, app::Zoom{-99});
    window.settle();
    // All with its padding; on a phone as much as there is room for.
    const bool all = window.state.zoom.shown.front().y == 32 + 2;
    CHECK(all == (window.state.zoom.least == 0));
    if (screen.w >= 820) CHECK(all);
  }
}

TEST_CASE("large net: a drag moves what a grid shows, and the next step brings back what it is about") {
  LargePage window({1440, 900});
  window.go("conv2.y[5,16,16]");
  app::update(window.model, app::Zoom{4});
  window.settle();
  const ui::Vec2 before = window.state.zoom.first.front();
  const ui::DrawnArea* cell = nullptr;
  for (const ui::DrawnArea& area : window.painter.areas()) {
    if (area.role == ui::HitRole::kCell && (area.flags & ui::kHitDrag) != 0) {
      cell = &area;
      break;
    }
  }
  REQUIRE(cell != nullptr);
  const ui::Vec2 from = cell->rect.centre();
  window.painter.drag(from, from + ui::Vec2{120, 90},
                      [&](ui::Painter& p) { views::draw_page(p, window.model, window.state, window.intents); });
  const ui::Vec2 after = window.state.zoom.first.front();
  CHECK(after.x < before.x);
  CHECK(after.y < before.y);
  app::update(window.model, app::Move{1});
  window.settle();
  for (const ui::GridMark& mark : window.state.stage.panels.front().marks) {
    if (mark.role != ui::MarkRole::kWindow) continue;
    CHECK(static_cast<float>(mark.row) >= window.state.zoom.first.front().y);
    CHECK(static_cast<float>(mark.col) >= window.state.zoom.first.front().x);
  }
}

TEST_CASE("large net: the wheel over the stage zooms only where numbers are too small to be read") {
  LargePage window({1440, 900});
  window.go("conv2.y[5,16,16]");
  window.painter.pointer().position = {720, 400};
  window.painter.pointer().inside = true;
  window.settle();
  window.painter.pointer().wheel = {0, -100};
  window.frame();
  window.painter.pointer().wheel = {};
  CHECK(window.model.state.zoom == 1);

  app::update(window.model, app::LoadPreset{"pocket"});
  window.model.state.zoom = 0;
  window.settle();
  window.painter.pointer().wheel = {0, -100};
  window.frame();
  CHECK(window.model.state.zoom == 0);
}

TEST_CASE("large nets: another way of seeing is laid out whole at once") {
  for (const See see : {See::unrolled, See::matrix, See::scatter, See::gather}) {
    CAPTURE(see_name(see));
    test::PageWindow window({1280, 800});
    app::update(window.model, app::GoTo{"conv1.y[0,1,1]"});
    window.settle();
    app::update(window.model, app::SetSee{see == See::gather ? See::matrix : See::gather});
    window.settle();
    app::update(window.model, app::SetSee{see});
    window.settle();
    CHECK(window.problems() == "");
    const views::StageView& view = window.state.stage;
    for (std::size_t i = 0; i < view.panels.size(); ++i) {
      CAPTURE(i);
      CHECK(window.state.zoom.shown[i].x == static_cast<float>(view.plan.panels[i].cols.extent));
      CHECK(window.state.zoom.shown[i].y == static_cast<float>(view.plan.panels[i].rows.extent));
    }
  }
}
