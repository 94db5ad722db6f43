// Turns raw pointer input into what happened to each hit area. Shared by the interactive back ends, testable without
// any.
#pragma once

#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

// One pointer as the platform saw it since the last frame.
struct PointerInput {
  Vec2 position;        // CSS pixels of the canvas
  bool inside = false;  // a mouse is over the canvas, or a finger is on it
  bool down = false;    // primary button or first finger
  bool right_clicked = false;
  bool touch = false;
  Vec2 wheel;       // px since the last frame
  float zoom = 1;   // pinch factor since the last frame
  double time = 0;  // seconds, same clock as Frame::time
};

// Per frame: begin(input), hit() for every area, end().
class HitTester {
 public:
  static constexpr double kLongPressSeconds = 0.5;
  static constexpr double kDoubleClickSeconds = 0.35;
  static constexpr float kDragSlop = 4;        // px a mouse may move within a click
  static constexpr float kTouchDragSlop = 10;  // px a finger may

  void begin(const PointerInput& input);
  // `area.rect` is absolute and clipped; layer decides before order.
  HitState hit(const HitArea& area, Layer layer);
  void end();

  // Keyboard focus, set by the platform (mirror) by id; 0: none.
  void focus(HitId id) { focus_ = id; }
  HitId focused() const { return focus_; }
  // Area under the pointer, and whether a press is held: for the mouse cursor and for keeping the host page's gestures.
  HitId hovered() const { return hovered_; }
  HitId held() const { return held_; }
  HitRole hovered_role() const { return hovered_role_; }
  // Flags of the topmost area of the last frame at a point: what a press there would meet. 0 where there is none.
  std::uint32_t flags_at(Vec2 position) const;
  // Where an area of the last frame is; empty where it is not drawn.
  Rect place_of(HitId id) const;
  // Whether an area of the last frame at a point takes the wheel.
  bool takes_wheel(Vec2 position) const { return top_at(position, kHitWheel) != nullptr; }
  // When a frame is needed although nothing moves (a long press ripens): seconds, or a negative number.
  double wake_at() const { return wake_at_; }

 private:
  struct Area {
    HitId id;
    Rect rect;
    HitRole role;
    std::uint32_t flags;
    Layer layer;
  };
  const Area* top_at(Vec2 position, std::uint32_t needed_flags) const;

  PointerInput input_;
  PointerInput before_;
  std::vector<Area> last_;  // areas of the previous frame, in drawing order
  std::vector<Area> now_;
  HitId focus_ = 0;
  HitId hovered_ = 0;
  bool resting_ = false;
  HitRole hovered_role_ = HitRole::kRegion;
  HitId wheel_target_ = 0;
  HitId held_ = 0;
  HitId released_ = 0;  // area whose press ended in this frame
  HitId last_clicked_ = 0;
  double last_click_time_ = -1;
  double press_time_ = 0;
  double wake_at_ = -1;
  Vec2 press_position_;
  bool moved_ = false;     // beyond the slop since the press
  bool was_long_ = false;  // the press was already reported as long
  bool long_now_ = false;
  bool dragged_ = false;
};

}  // namespace backstep::ui
