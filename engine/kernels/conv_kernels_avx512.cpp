// Compiled with the flags of its instruction set; called only where the processor has it.
#include "conv_table.h"

#if defined(__AVX512F__)

namespace backstep {

const ConvKernels kConvKernelsAvx512 = {
    3,
    {panel_kernels<simd::F32x16, 2>(), panel_kernels<simd::F32x16, 1>(), panel_kernels<simd::F32x8, 1>()},
    depthwise_kernels<simd::F32x8, 1>()};

}  // namespace backstep
#endif
