// Frames on demand: no animation callback is pending while nothing changes, while the page is hidden, or while the
// canvas is scrolled out of sight.
#pragma once

namespace backstep::platform {

// What a frame wants next.
inline constexpr double kNoFrame = -1;
inline constexpr double kNextFrame = 0;  // a positive number: a frame after so many seconds

class FrameClient {
 public:
  // Draws at `seconds` on a monotonic clock, and says when it wants to draw again.
  virtual double frame(double seconds) = 0;

 protected:
  ~FrameClient() = default;
};

class FrameLoop {
 public:
  explicit FrameLoop(FrameClient& client) : client_(client) {}
  ~FrameLoop();
  FrameLoop(const FrameLoop&) = delete;
  FrameLoop& operator=(const FrameLoop&) = delete;

  // Something changed: draw with the next animation frame. However often it is called, one frame is requested.
  void wake();
  // While not visible nothing is drawn; what was wanted meanwhile is drawn on coming back.
  void set_visible(bool visible);

 private:
  void request_frame();
  void cancel_frame();
  void start_timer(double seconds);
  void cancel_timer();
  void run(double seconds);

  FrameClient& client_;
  bool visible_ = true;
  bool wanted_ = false;
  int frame_request_ = 0;  // 0: none
  int timer_ = 0;          // 0: none
};

}  // namespace backstep::platform
