#include "web/platform/frame_loop.h"

#include <emscripten/eventloop.h>
#include <emscripten/html5.h>

#include <utility>

namespace backstep::platform {
namespace {

constexpr double kMilliseconds = 1000;

}  // namespace

FrameLoop::~FrameLoop() {
  cancel_frame();
  cancel_timer();
}

void FrameLoop::wake() {
  wanted_ = true;
  if (visible_ && frame_request_ == 0) request_frame();
}

void FrameLoop::set_visible(bool visible) {
  visible_ = visible;
  if (!visible) cancel_frame();
  if (visible && wanted_) wake();
}

void FrameLoop::request_frame() {
  frame_request_ = emscripten_request_animation_frame(
      [](double milliseconds, void* self) {
        static_cast<FrameLoop*>(self)->run(milliseconds / kMilliseconds);
        return false;
      },
      this);
}

void FrameLoop::cancel_frame() {
  if (frame_request_ != 0) emscripten_cancel_animation_frame(std::exchange(frame_request_, 0));
}

void FrameLoop::start_timer(double seconds) {
  timer_ = emscripten_set_timeout(
      [](void* self) {
        auto& loop = *static_cast<FrameLoop*>(self);
        loop.timer_ = 0;
        loop.wake();
      },
      seconds * kMilliseconds, this);
}

void FrameLoop::cancel_timer() {
  if (timer_ != 0) emscripten_clear_timeout(std::exchange(timer_, 0));
}

void FrameLoop::run(double seconds) {
  frame_request_ = 0;
  wanted_ = false;
  cancel_timer();  // what it waited for may be over
  const double next = client_.frame(seconds);
  if (next == kNextFrame) wake();
  if (next > 0) start_timer(next);
}

}  // namespace backstep::platform
