// The kernels for panels of NV vectors. Included by one unit for each instruction set, compiled for it; everything here
// is private to its unit and nothing of the standard library is instantiated, because such code would be shared with
// units for narrower sets.
#pragma once

#include "gradient_walk.h"
#include "walk.h"

namespace backstep {
namespace {

template <class V, int NV, bool kSpread>
constexpr PanelKernels panel_kernels() {
  return {V::kLanes * NV, &walk<V, NV, kSpread>, &checked_walk<V, NV, kSpread>, &gradient<V, NV, kSpread>,
          &row_sums<V, NV>};
}

}  // namespace
}  // namespace backstep
