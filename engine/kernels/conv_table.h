// The kernels for panels of NV vectors. Included by one unit for each instruction set, compiled for it; everything here
// is private to its unit and nothing of the standard library is instantiated, because such code would be shared with
// units for narrower sets.
#pragma once

#include "depthwise_walk.h"
#include "gradient_walk.h"
#include "walk.h"

namespace backstep {
namespace {

template <class V, int NV>
constexpr PanelKernels panel_kernels() {
  return {V::kLanes * NV, &walk<V, NV, true>, &checked_walk<V, NV, true>, &gradient<V, NV, true>, &row_sums<V, NV>};
}

template <class V, int NV>
constexpr PanelKernels depthwise_kernels() {
  return {V::kLanes * NV, &depthwise_walk<V, NV>, &checked_walk<V, NV, false>, &gradient<V, NV, false>,
          &row_sums<V, NV>};
}

}  // namespace
}  // namespace backstep
