// The network map: every feature map as a heat map of what is known, with its gradient once the backward pass began,
// and the kernels between them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "web/app/state.h"
#include "web/views/plane.h"

namespace backstep::views {

// A tensor of the map, as seen from a layer.
struct StripMap {
  int layer = 0;
  Slot slot = Slot::none;  // none: there is no such map
  Planes planes;
  std::int64_t go = -1;  // step to go to
  float scale = 0;
};

struct StripNode {
  std::string name;    // "conv1"
  std::string detail;  // "4×4"
  std::string note;    // "40 parameters"
  StripMap value, gradient;
  StripMap weight, weight_gradient;  // on the way to this node
};

// Worked out once for each trace.
struct StripView {
  std::vector<StripNode> nodes;
  std::string hash;
  std::shared_ptr<const Trace> trace;  // kept: a new one at the same place must not pass for it
  std::uint64_t version = 0;
  std::int64_t backward = 0;  // first step of the backward pass
  int current = -1;           // node that was last brought into view
};

void refresh(StripView& strip, const app::Model& model);

// What the current step computes, among the maps.
struct StripPlace {
  enum class Part : std::uint8_t { value, gradient, weight, weight_gradient };
  int node = -1;
  Part part = Part::value;
};
StripPlace place_of_step(const StripView& strip, const app::Model& model);

}  // namespace backstep::views
