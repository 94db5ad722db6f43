// Walking the taps of any layer without knowing which one it is.
#pragma once

#include <utility>

#include "engine/network.h"

namespace backstep::views {

// Calls visit(const Tap&) for each tap of a cell, in the order of summation.
template <class Visit>
void visit_taps(const NetworkLayer& layer, Slot slot, std::int64_t index, Visit&& visit) {
  std::visit([&](const auto& op) { op.taps(slot, index, layer.shapes, visit); }, layer.op);
}

}  // namespace backstep::views
