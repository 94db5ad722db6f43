// Runs one operation of the reference vectors on the engine: any layer, loss or optimizer by its name.
#pragma once

#include "../../layers.h"
#include "../../optimizer.h"
#include "../../simd.h"
#include "vector_case.h"

namespace backstep::verify {

// Everything that the case's outputs may name. Errors: "verify.op", "verify.attribute", "verify.input", "shape".
Result<Computed> run_operation(const VectorCase& c, Isa isa);

// The layer of a single-operation case with its shapes; "verify.op" where the op is no layer.
struct LayerCase {
  Layer layer;
  LayerShapes shapes;
};
Result<LayerCase> layer_of(const VectorCase& c);

// Cells of dx that no output reads (leftover rows, gaps between windows): their gradient must be exactly 0.
std::vector<bool> unread_inputs(const Layer& layer, const LayerShapes& shapes);

// Parameters after each of `steps` updates with given gradients, and the state at the end.
struct OptimizerRun {
  Tensor p;  // [steps,…]
  OptimizerState state;
};
OptimizerRun run_optimizer(const Optimizer& optimizer, const Tensor& p0, const Tensor& gradients);

}  // namespace backstep::verify
