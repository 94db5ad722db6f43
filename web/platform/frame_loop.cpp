#include "web/platform/frame_loop.h"

#include <emscripten/eventloop.h>
#include <emscripten/html5.h>

#include <algorithm>

namespace backstep::platform {
namespace {

constexpr double kMilliseconds = 1000;

}  // namespace

double now() { return emscripten_performance_now() / kMilliseconds; }

FrameLoop::~FrameLoop() { cancel(); }

void FrameLoop::wake() {
  wanted_ = true;
  if (visible_) request();
}

void FrameLoop::wake_in(double seconds) {
  const double due = emscripten_performance_now() + seconds * kMilliseconds;
  if (timer_ != 0) {
    if (timer_due_ <= due) return;
    emscripten_clear_timeout(timer_);
  }
  timer_due_ = due;
  timer_ = emscripten_set_timeout(
      [](void* self) {
        auto& loop = *static_cast<FrameLoop*>(self);
        loop.timer_ = 0;
        loop.wake();
      },
      std::max(0.0, seconds * kMilliseconds), this);
}

void FrameLoop::set_visible(bool visible) {
  visible_ = visible;
  if (!visible && frame_request_ != 0) {
    emscripten_cancel_animation_frame(frame_request_);
    frame_request_ = 0;
  }
  if (visible && wanted_) request();
}

void FrameLoop::request() {
  if (frame_request_ != 0) return;
  frame_request_ = emscripten_request_animation_frame(
      [](double milliseconds, void* self) {
        static_cast<FrameLoop*>(self)->run(milliseconds / kMilliseconds);
        return false;
      },
      this);
}

void FrameLoop::cancel() {
  if (frame_request_ != 0) emscripten_cancel_animation_frame(frame_request_);
  if (timer_ != 0) emscripten_clear_timeout(timer_);
  frame_request_ = timer_ = 0;
}

void FrameLoop::run(double seconds) {
  frame_request_ = 0;
  wanted_ = false;
  const double next = client_.frame(seconds);
  if (next == kNextFrame) wake();
  if (next > 0) wake_in(next);
}

}  // namespace backstep::platform
