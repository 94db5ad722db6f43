// Compiled with the flags of its instruction set; called only where the processor has it.
#include "conv_kernels_impl.h"

#if defined(__AVX2__)

namespace backstep {

const ConvKernels kConvKernelsAvx2 = conv_impl::table<simd::F32x8>();

}  // namespace backstep
#endif
