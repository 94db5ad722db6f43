#include "web/widgets/hit_tester.h"

#include <cmath>

namespace backstep::ui {

const HitTester::Area* HitTester::top_at(Vec2 position, std::uint32_t needed_flags) const {
  const Area* top = nullptr;
  for (const Area& area : last_) {
    if (!area.rect.contains(position) || (area.flags & needed_flags) != needed_flags) continue;
    if (top == nullptr || area.layer >= top->layer) top = &area;
  }
  return top;
}

std::uint32_t HitTester::flags_at(Vec2 position) const {
  const Area* top = top_at(position, 0);
  return top != nullptr ? top->flags : 0;
}

Rect HitTester::place_of(HitId id) const {
  for (const Area& area : last_) {
    if (area.id == id) return area.rect;
  }
  return {};
}

void HitTester::begin(const PointerInput& input) {
  before_ = input_;
  input_ = input;
  now_.clear();
  wake_at_ = -1;
  released_ = 0;
  long_now_ = false;

  const bool inside = input.inside || (before_.inside && before_.down && !input.down);
  const Area* top = inside ? top_at(input.position, 0) : nullptr;
  const HitId under = top != nullptr ? top->id : 0;
  const bool pointed = !(input.position == before_.position) || input.inside != before_.inside || input.down;
  if (pointed) {
    resting_ = false;
  } else if (under != hovered_) {
    resting_ = true;
  }
  hovered_ = under;
  hovered_role_ = top != nullptr ? top->role : HitRole::kRegion;
  const Area* wheel = inside ? top_at(input.position, kHitWheel) : nullptr;
  wheel_target_ = wheel != nullptr ? wheel->id : 0;

  const bool disabled = top != nullptr && (top->flags & kHitDisabled) != 0;
  if (input.down && !before_.down) {
    held_ = disabled ? 0 : hovered_;
    press_time_ = input.time;
    press_position_ = input.position;
    moved_ = was_long_ = dragged_ = false;
  }
  if (input.right_clicked && !disabled) {
    held_ = hovered_;
    was_long_ = long_now_ = true;
  }
  if (input.down || before_.down) {
    const Vec2 travel = input.position - press_position_;
    moved_ = moved_ || std::hypot(travel.x, travel.y) > (input.touch ? kTouchDragSlop : kDragSlop);
  }
  if (!input.down) {
    if (before_.down) released_ = held_;
    if (!input.right_clicked) held_ = 0;
  }
}

HitState HitTester::hit(const HitArea& area, Layer layer) {
  now_.push_back({area.id, area.rect, area.role, area.flags, layer});
  HitState state;
  state.focused = focus_ != 0 && focus_ == area.id;
  if ((area.flags & kHitDisabled) != 0) return state;
  const bool mine = held_ == area.id && held_ != 0;
  const bool ended = released_ == area.id && released_ != 0;
  state.pointer = input_.position;
  state.pressed = mine && input_.down;
  // While something is held nothing else lights up; a finger hovers only where it is down.
  state.hovered = hovered_ == area.id && hovered_ != 0 && (held_ == 0 || mine) && (!input_.touch || input_.down);
  state.resting = state.hovered && resting_;
  if (wheel_target_ == area.id && wheel_target_ != 0) {
    state.wheel = input_.wheel;
    state.zoom = input_.zoom;
  }
  if (!mine && !ended) return state;

  state.drag_total = input_.position - press_position_;
  const bool drags = (area.flags & kHitDrag) != 0 && moved_ && !was_long_;
  if (mine && input_.down && drags) {
    state.dragging = true;
    state.drag_delta = dragged_ ? input_.position - before_.position : state.drag_total;
    dragged_ = true;
  }
  if ((area.flags & kHitLongPress) != 0 && mine) {
    if (input_.down && !moved_ && !was_long_) {
      if (input_.time - press_time_ >= kLongPressSeconds) {
        was_long_ = long_now_ = true;
      } else {
        wake_at_ = press_time_ + kLongPressSeconds;
      }
    }
    state.long_pressed = long_now_;
  }
  if (!ended) return state;
  state.drag_ended = dragged_;
  // A finger that scrolled away from where it went down did not mean to click.
  const bool scrolled = input_.touch && moved_;
  state.clicked = hovered_ == area.id && !dragged_ && !was_long_ && !scrolled;
  if (state.clicked) {
    state.double_clicked = last_clicked_ == area.id && input_.time - last_click_time_ <= kDoubleClickSeconds;
    // A third click begins a new pair.
    last_clicked_ = state.double_clicked ? 0 : area.id;
    last_click_time_ = input_.time;
  }
  return state;
}

void HitTester::end() {
  last_.swap(now_);
  // An area that is no longer drawn cannot be held: its press is lost, not given to its successor.
  if (held_ == 0) return;
  for (const Area& area : last_) {
    if (area.id == held_) return;
  }
  held_ = 0;
}

}  // namespace backstep::ui
