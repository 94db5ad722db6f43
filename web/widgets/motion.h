// Short motions that show where something comes from or goes to. With motion switched off they are over at once.
#pragma once

#include <algorithm>

#include "web/widgets/painter.h"

namespace backstep::ui {

inline constexpr double kQuick = 0.12;   // seconds: hover, press
inline constexpr double kTravel = 0.32;  // a number flying from one place to another
inline constexpr double kGlow = 0.9;     // a changed value fading back

// 0..1 to 0..1: fast at first, then settling.
constexpr float ease_out(float t) { return 1 - (1 - t) * (1 - t) * (1 - t); }
constexpr float ease_in_out(float t) {
  return t < 0.5F ? 4 * t * t * t : 1 - (2 - 2 * t) * (2 - 2 * t) * (2 - 2 * t) / 2;
}

// Window state of one motion.
struct Motion {
  double start = -1e9;  // Frame::time it began

  void begin(const Painter& painter, double delay = 0) { start = painter.frame().time + delay; }

  // How far it has come, 0..1, linear; asks for the next frame while it is under way.
  float at(Painter& painter, double duration) const {
    if (!painter.frame().motion) return 1;
    const double t = (painter.frame().time - start) / duration;
    if (t < 1) painter.request_frame();
    return static_cast<float>(std::clamp(t, 0.0, 1.0));
  }
};

}  // namespace backstep::ui
