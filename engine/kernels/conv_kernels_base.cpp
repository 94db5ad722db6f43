// The scalar kernels and, where the target has them, the 128-bit ones.
#include "conv_table.h"

namespace backstep {

const ConvKernels kConvKernelsScalar = {1, {panel_kernels<simd::F32x1, 8>()}, depthwise_kernels<simd::F32x1, 8>()};
#if defined(__wasm_simd128__) || defined(__x86_64__)
const ConvKernels kConvKernels128 = {
    2, {panel_kernels<simd::F32x4, 2>(), panel_kernels<simd::F32x4, 1>()}, depthwise_kernels<simd::F32x4, 2>()};
#endif

}  // namespace backstep
