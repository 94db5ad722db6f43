// A convolution's extents as the kernels take them.
#pragma once

#include "../kernels/conv_geometry.h"
#include "conv2d.h"

namespace backstep {

ConvGeometry conv_geometry(const Conv2d& conv, const LayerShapes& s);

}  // namespace backstep
