// The scalar kernels and, where the target has them, the 128-bit ones.
#include "conv_kernels_impl.h"

namespace backstep {

const ConvKernels kConvKernelsScalar = conv_impl::table<simd::F32x1>();
#if defined(__wasm_simd128__) || defined(__x86_64__)
const ConvKernels kConvKernels128 = conv_impl::table<simd::F32x4>();
#endif

}  // namespace backstep
