// Memory that one layer keeps from pass to pass, so that a repeated pass allocates nothing.
#pragma once

#include "kernels/conv_nchw.h"
#include "tensor.h"

namespace backstep {

struct Scratch {
  ConvNchw conv;
  Tensor turned;  // the kernel of a true convolution, turned by 180 degrees
};

}  // namespace backstep
