// The stage's own words: what kind of operation a block is, and what a touched cell is related to. What a step does is
// the narration's to say.
#pragma once

#include <cstdint>
#include <string>

#include "engine/scene.h"

namespace backstep::views {

// "∂L/∂K is the correlation of X with ∂L/∂Y".
std::string block_heading(const Trace& trace, const Block& block);
// The same, where the operation is seen another way.
std::string see_heading(const Trace& trace, const Block& block, See see);

// "K[0,0,1,2] joins 16 pairs of input and output: summed with ∂L/∂Y, they are ∂L/∂K[0,0,1,2]". `related` counts the
// taps of the touched cell.
std::string relation_caption(const Trace& trace, int layer, Slot slot, std::int64_t index, std::int64_t related);

}  // namespace backstep::views
