#include "web/widgets/hit_tester.h"

#include <doctest/doctest.h>

#include <string>

#include "web/widgets/null_painter.h"

using namespace backstep::ui;

namespace {

constexpr Rect kLeft{10, 10, 100, 40};
constexpr Rect kRight{80, 10, 100, 40};  // drawn later, covers the left one's end

// Two areas and what happened to them in the last frame.
struct Scene {
  std::uint32_t left_flags = 0;
  std::uint32_t right_flags = 0;
  HitState left;
  HitState right;
  int clicks = 0;

  void operator()(Painter& p) {
    left = p.hit({hit_id("left"), kLeft, "left", HitRole::kButton, left_flags});
    right = p.hit({hit_id("right"), kRight, "right", HitRole::kButton, right_flags});
    clicks += left.clicked ? 1 : 0;
  }
};

struct Rig {
  NullPainter painter{{200, 100}};
  Scene scene;

  void frame() { painter.frame_of(scene); }
  void point(Vec2 at) {
    painter.pointer().position = at;
    painter.pointer().inside = true;
    frame();
  }
  void press(bool down) {
    painter.pointer().down = down;
    frame();
  }
  void at(Vec2 place) {
    frame();
    point(place);
  }
};

}  // namespace

TEST_CASE("hit: what comes under a resting pointer has not been pointed at") {
  Rig rig;
  rig.at({90, 20});
  CHECK_FALSE(rig.scene.right.resting);
  rig.painter.frame_of([](Painter&) {});  // it goes, and comes back
  rig.frame();
  rig.frame();
  CHECK(rig.scene.right.hovered);
  CHECK(rig.scene.right.resting);
  rig.point({91, 20});
  CHECK_FALSE(rig.scene.right.resting);

  rig.painter.frame_of([](Painter&) {});
  rig.frame();
  rig.frame();
  REQUIRE(rig.scene.right.resting);
  rig.press(true);  // a press points as well
  CHECK_FALSE(rig.scene.right.resting);
  rig.press(false);

  rig.painter.pointer().inside = false;  // so does coming back to the same place
  rig.frame();
  rig.point({91, 20});
  CHECK(rig.scene.right.hovered);
  CHECK_FALSE(rig.scene.right.resting);
}

TEST_CASE("hit: the area drawn last is on top") {
  Rig rig;
  rig.at({90, 20});
  CHECK_FALSE(rig.scene.left.hovered);
  CHECK(rig.scene.right.hovered);
  rig.point({20, 20});
  CHECK(rig.scene.left.hovered);
  rig.point({5, 5});
  CHECK_FALSE(rig.scene.left.hovered);
}

TEST_CASE("hit: a click is a press and a release on the same area") {
  Rig rig;
  CHECK(!rig.painter.click("nowhere", rig.scene));
  rig.frame();
  CHECK(rig.painter.click("left", rig.scene));
  CHECK(rig.scene.clicks == 1);
  rig.frame();
  CHECK(rig.scene.clicks == 1);
  // Released elsewhere: nothing.
  rig.at({20, 20});
  rig.press(true);
  CHECK(rig.scene.left.pressed);
  rig.point({150, 20});
  CHECK_FALSE(rig.scene.right.hovered);  // the left one is still held
  rig.press(false);
  CHECK(rig.scene.clicks == 1);
  CHECK_FALSE(rig.scene.right.clicked);
}

TEST_CASE("hit: two quick clicks are a double click, two slow ones are not") {
  Rig rig;
  rig.frame();
  rig.painter.click("left", rig.scene);
  CHECK_FALSE(rig.scene.left.double_clicked);
  rig.painter.advance(0.2);
  rig.painter.click("left", rig.scene);
  CHECK(rig.scene.left.double_clicked);
  rig.painter.advance(0.2);
  rig.painter.click("left", rig.scene);
  CHECK_FALSE(rig.scene.left.double_clicked);
  rig.painter.advance(1.0);
  rig.painter.click("left", rig.scene);
  CHECK_FALSE(rig.scene.left.double_clicked);
  CHECK(rig.scene.clicks == 4);
}

TEST_CASE("hit: a drag reports its way and is no click") {
  Rig rig;
  rig.scene.left_flags = kHitDrag;
  rig.at({20, 20});
  rig.press(true);
  rig.point({22, 20});
  CHECK_FALSE(rig.scene.left.dragging);  // within the slop
  rig.point({40, 30});
  CHECK(rig.scene.left.dragging);
  CHECK(rig.scene.left.drag_total == Vec2{20, 10});
  CHECK(rig.scene.left.drag_delta == Vec2{20, 10});  // nothing of the way is lost
  rig.point({150, 90});
  CHECK(rig.scene.left.dragging);  // also outside of the area
  CHECK(rig.scene.left.drag_delta == Vec2{110, 60});
  rig.press(false);
  CHECK(rig.scene.left.drag_ended);
  CHECK(rig.scene.clicks == 0);
}

TEST_CASE("hit: half a second without moving is a long press and no click") {
  Rig rig;
  rig.scene.left_flags = kHitLongPress;
  rig.at({20, 20});
  rig.press(true);
  CHECK_FALSE(rig.scene.left.long_pressed);
  rig.painter.advance(0.6);
  rig.frame();
  CHECK(rig.scene.left.long_pressed);
  rig.frame();
  CHECK_FALSE(rig.scene.left.long_pressed);  // once
  rig.press(false);
  CHECK(rig.scene.clicks == 0);
  rig.painter.pointer().right_clicked = true;
  rig.frame();
  CHECK(rig.scene.left.long_pressed);
  rig.frame();
  CHECK_FALSE(rig.scene.left.long_pressed);
}

TEST_CASE("hit: a disabled area is silent and covers what is below") {
  Rig rig;
  rig.scene.right_flags = kHitDisabled;
  rig.at({100, 20});
  CHECK_FALSE(rig.scene.right.hovered);
  CHECK_FALSE(rig.scene.left.hovered);
  rig.press(true);
  rig.press(false);
  CHECK(rig.scene.clicks == 0);
  CHECK_FALSE(rig.scene.right.clicked);
}

TEST_CASE("hit: the wheel goes to the topmost area that takes it") {
  Rig rig;
  rig.scene.left_flags = kHitWheel;
  rig.frame();
  rig.painter.pointer().wheel = {0, 40};
  rig.point({90, 20});
  CHECK(rig.scene.left.wheel == Vec2{0, 40});
  CHECK(rig.scene.right.wheel == Vec2{});
  rig.frame();
  CHECK(rig.scene.left.wheel == Vec2{});
}

TEST_CASE("hit: a finger hovers only while it is down, and does not click after scrolling") {
  Rig rig;
  rig.painter.set_touch(true);
  rig.at({20, 20});
  CHECK_FALSE(rig.scene.left.hovered);
  rig.press(true);
  CHECK(rig.scene.left.hovered);
  rig.point({24, 26});  // fingers wobble
  rig.press(false);
  CHECK(rig.scene.clicks == 1);
  rig.point({20, 20});
  rig.press(true);
  rig.point({20, 45});
  rig.press(false);
  CHECK(rig.scene.clicks == 1);
}

TEST_CASE("hit: layers decide before drawing order, scopes move and cut areas") {
  NullPainter painter({200, 100});
  HitState below;
  HitState above;
  HitState cut;
  const auto draw = [&](Painter& p) {
    {
      const ScopeGuard overlay(p, on_layer(p, Layer::kOverlay));
      above = p.hit({hit_id("above"), {0, 0, 50, 50}, "above"});
    }
    below = p.hit({hit_id("below"), {0, 0, 50, 50}, "below"});
    const ScopeGuard window(p, clipped(p, {100, 0, 20, 100}));
    const ScopeGuard zoom(p, scaled(p, {100, 0}, 2));
    cut = p.hit({hit_id("cut"), {100, 0, 50, 20}, "cut"});
  };
  painter.frame_of(draw);
  painter.pointer().inside = true;
  painter.pointer().position = {10, 10};
  painter.frame_of(draw);
  CHECK(above.hovered);
  CHECK_FALSE(below.hovered);
  CHECK(painter.find_area("cut")->rect == Rect{100, 0, 20, 40});
  painter.pointer().position = {110, 30};
  painter.frame_of(draw);
  CHECK(cut.hovered);
  CHECK(cut.pointer == Vec2{105, 15});  // in the zoomed coordinates
  painter.pointer().position = {130, 30};
  painter.frame_of(draw);
  CHECK_FALSE(cut.hovered);
}

TEST_CASE("hit: ids are stable, told apart by index, and focus finds them by name") {
  CHECK(hit_id("transport.next") == hit_id("transport.next"));
  CHECK(hit_id("grid", 1) != hit_id("grid", 2));
  CHECK(hit_id("grid", 256) != hit_id("grid", 1));
  Rig rig;
  rig.painter.focus(hit_id("right"));
  rig.frame();
  CHECK(rig.scene.right.focused);
  CHECK_FALSE(rig.scene.left.focused);
}

TEST_CASE("hit: an area is found by its name while it is drawn") {
  HitTester hits;
  hits.begin({});
  hits.hit({.id = hit_id("here"), .rect = {10, 20, 30, 40}, .flags = kHitWheel}, Layer::kBase);
  CHECK(hits.place_of(hit_id("here")).empty());  // the frame is not over
  hits.end();
  CHECK(hits.place_of(hit_id("here")) == Rect{10, 20, 30, 40});
  CHECK(hits.place_of(hit_id("there")).empty());
  CHECK(hits.takes_wheel({15, 25}));
  CHECK_FALSE(hits.takes_wheel({5, 25}));
  hits.begin({});
  hits.end();
  CHECK(hits.place_of(hit_id("here")).empty());
}

TEST_CASE("hit: an area that is no longer drawn loses its press") {
  NullPainter painter({200, 100});
  bool shown = true;
  HitState other;
  const auto draw = [&](Painter& p) {
    if (shown) p.hit({hit_id("gone"), kLeft, "gone"});
    other = p.hit({hit_id("other"), {0, 60, 200, 40}, "other"});
  };
  painter.frame_of(draw);
  painter.pointer().inside = true;
  painter.pointer().position = {20, 20};
  painter.frame_of(draw);
  painter.pointer().down = true;
  painter.frame_of(draw);
  shown = false;
  painter.frame_of(draw);
  painter.pointer().position = {20, 80};
  painter.pointer().down = false;
  painter.frame_of(draw);
  CHECK_FALSE(other.clicked);
}
