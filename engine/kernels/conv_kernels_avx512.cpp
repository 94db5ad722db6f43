// Compiled with the flags of its instruction set; called only where the processor has it.
#include "conv_kernels_impl.h"

#if defined(__AVX512F__)

namespace backstep {

const ConvKernels kConvKernelsAvx512 = conv_impl::table<simd::F32x16>();

}  // namespace backstep
#endif
