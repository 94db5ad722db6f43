// Compiled with the flags of its instruction set; called only where the processor has it.
#include "conv_table.h"

#if defined(__AVX2__)

namespace backstep {

const ConvKernels kConvKernelsAvx2 = {
    2, {panel_kernels<simd::F32x8, 2>(), panel_kernels<simd::F32x8, 1>()}, depthwise_kernels<simd::F32x8, 1>()};

}  // namespace backstep
#endif
