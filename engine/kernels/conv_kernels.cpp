#include "conv_kernels.h"

namespace backstep {

const ConvKernels& conv_kernels(Isa isa) {
  switch (isa) {
#if defined(__x86_64__)
    case Isa::avx2: return kConvKernelsAvx2;
    case Isa::avx512: return kConvKernelsAvx512;
    case Isa::sse2: return kConvKernels128;
#elif defined(__wasm_simd128__)
    case Isa::wasm128: return kConvKernels128;
#endif
    default: return kConvKernelsScalar;
  }
}

}  // namespace backstep
