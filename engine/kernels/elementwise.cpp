#include "elementwise.h"

namespace backstep {
namespace {

template <class V>
void gate(const float* through, const float* value, float* out, std::int64_t count) {
  std::int64_t i = 0;
  for (; i + V::kLanes <= count; i += V::kLanes) {
    const V selected = V::select_le_zero(V::load(through + i), V::zero(), V::load(value + i));
    V::add(V::zero(), selected).store(out + i);
  }
  for (; i < count; ++i) out[i] = 0.0F + (through[i] <= 0.0F ? 0.0F : value[i]);
}

template <class V>
void leak(const float* through, const float* value, float slope, float* out, std::int64_t count) {
  std::int64_t i = 0;
  for (; i + V::kLanes <= count; i += V::kLanes) {
    const V v = V::load(value + i);
    V::add(V::zero(), V::select_le_zero(V::load(through + i), V::mul(V::splat(slope), v), v)).store(out + i);
  }
  for (; i < count; ++i) out[i] = 0.0F + (through[i] <= 0.0F ? slope * value[i] : value[i]);
}

template <class V>
constexpr ElementwiseKernels table() {
  return {&gate<V>, &leak<V>};
}

constexpr ElementwiseKernels kScalar = table<simd::F32x1>();
#if defined(__wasm_simd128__) || defined(__x86_64__)
constexpr ElementwiseKernels kWide = table<simd::F32x4>();
#else
constexpr ElementwiseKernels kWide = kScalar;
#endif

}  // namespace

const ElementwiseKernels& elementwise_kernels(Isa isa) { return isa == Isa::scalar ? kScalar : kWide; }

}  // namespace backstep
