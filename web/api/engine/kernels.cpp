// The module runs the 128-bit kernels alone. Linked before the engine's library, this takes the place of its choice of
// kernels, and the others stay out of the file.
#include "engine/kernels/conv_kernels.h"

namespace backstep {

const ConvKernels& conv_kernels(Isa) { return kConvKernels128; }

}  // namespace backstep
