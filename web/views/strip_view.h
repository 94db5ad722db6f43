// The network map: every feature map as a heat map of what is known, with its gradient once the backward pass began.
#pragma once

#include <string>
#include <vector>

#include "web/app/state.h"
#include "web/views/plane.h"

namespace backstep::views {

struct StripNode {
  std::string name;    // "conv1"
  std::string detail;  // "4×4×4"
  std::string note;    // "40 parameters"
  int layer = 0;       // as seen from this layer …
  Slot slot = Slot::y;
  Slot gradient = Slot::dy;
  Planes planes;
  std::int64_t go_value = -1;  // step to go to
  std::int64_t go_gradient = -1;
  float scale = 0;
  float gradient_scale = 0;
};

// Worked out once for each trace.
struct StripView {
  std::vector<StripNode> nodes;
  std::string hash;
  const Trace* trace = nullptr;
  std::uint64_t version = 0;
  std::int64_t backward = 0;  // first step of the backward pass
  int current = -1;           // node that was last brought into view
};

void refresh(StripView& strip, const app::Model& model);
// The node that the current step belongs to, and whether its gradient is what is computed.
struct StripPlace {
  int node = -1;
  bool gradient = false;
};
StripPlace place_of_step(const StripView& strip, const app::Model& model);

}  // namespace backstep::views
