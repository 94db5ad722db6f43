// The lesson's symbols for the engine's tensors: X, K, b, Y, L on screen where the code says x, w, b, y.
#pragma once

#include <string>

#include "trace.h"

namespace backstep {

// "Y", "K" (a dense layer's weights: "W"), "∂L/∂X", "p", "L".
std::string symbol(const Network& net, int layer, Slot slot);

// With indices, batch left out when N = 1: "K[0,0,1,2]", "∂L/∂X[0,2,2]", "L".
std::string cell_symbol(const Trace& trace, int layer, Slot slot, std::int64_t index);

}  // namespace backstep
