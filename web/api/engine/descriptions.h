// What engine.mjs says of networks and cells, as JSON texts.
#pragma once

#include <cstdint>
#include <string>

#include "engine/scene.h"
#include "engine/trace.h"

namespace backstep::api {

// Shapes, counts and receptive fields: the same as `backstep info SCENE --json`.
std::string describe_network(const Scene& scene);

// {step, cell, tensor, index, phase, layer, terms}
std::string describe_step(const Trace& trace, std::int64_t step);

// {cell, value, folded, finish, fold, terms: [{a, b, value, subtotal, total, taken}], shared: [{cell, value}]}, where a
// and b are {cell, value}, or null where there is none.
std::string describe_explanation(const Trace& trace, std::int64_t step);

// [1,3,28,28]
std::string describe_shape(const Shape& shape);

}  // namespace backstep::api
