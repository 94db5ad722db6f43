// Back, Next, Play, the grain of a step and the scrubber.
#pragma once

#include <array>
#include <string>

#include "web/widgets/scrubber.h"

namespace backstep::ui {

inline constexpr std::array<std::string_view, 4> kGrainNames = {"product", "cell", "channel", "layer"};

struct Transport {
  Scrubber scrubber = {};
  int grain = 1;  // index into kGrainNames
  bool playing = false;
  bool can_back = true;
  bool can_next = true;
  std::string position = {};  // "step 5 of 155"
  bool show_grain = true;     // the first minute shows neither
  bool compact = false;       // little height: the phone's buttons are no higher than they must be
  bool show_scrubber = true;
  bool primary = true;  // Next is the one next action
};

struct TransportHit {
  bool back = false;
  bool next = false;
  bool play = false;       // toggled
  int grain = -1;          // chosen; -1: none
  std::int64_t seek = -1;  // step; -1: none
};

// Below this width everything is stacked for a phone: full-width buttons of at least 44 px.
inline constexpr float kPhoneWidth = 720;

float transport_height(const Painter& painter, float width, const Transport& spec);
TransportHit transport(Painter& painter, const Rect& rect, const Transport& spec);

}  // namespace backstep::ui
