// The whole pass as one bar of named phases, in proportion, with a marker at the current step.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

struct ScrubPhase {
  std::string name = {};        // "conv1", "∂ conv1 dK"
  std::string short_name = {};  // where the name does not fit
  std::int64_t first = 0;       // first step
  std::int64_t count = 0;       // steps
};

struct ScrubWarning {
  std::int64_t step = 0;
  std::string_view what = {};  // "first explosion", shown while hovering
};

// Segments relative to the bar's left end. Very short phases get a few pixels nonetheless, so that they can be hit;
// within a segment steps are in proportion.
class ScrubLayout {
 public:
  ScrubLayout(std::span<const ScrubPhase> phases, float width, bool names = false);

  struct Segment {
    float x = 0;
    float w = 0;
    std::int64_t first = 0;
    std::int64_t count = 0;
  };
  const std::vector<Segment>& segments() const { return segments_; }
  // Middle of a step, and the step at a place (the nearest outside the bar).
  float x_of(std::int64_t step) const;
  std::int64_t step_at(float x) const;

 private:
  std::vector<Segment> segments_;
};

struct Scrubber {
  std::span<const ScrubPhase> phases = {};
  std::int64_t steps = 0;
  std::int64_t step = 0;
  std::span<const std::int64_t> breaks = {};                      // breakpoints, marked above the bar
  std::span<const ScrubWarning> warnings = {};                    // where something goes wrong, marked on the bar
  bool names = true;                                              // false: a slim bar (phone)
  std::function<std::string(std::int64_t step)> step_label = {};  // "conv1.y[0,1,1]", shown while hovering
};

float scrubber_height(const Painter& painter, bool names);
// The step dragged or clicked to in this frame, or -1.
std::int64_t scrubber(Painter& painter, const Rect& rect, const Scrubber& spec);

}  // namespace backstep::ui
