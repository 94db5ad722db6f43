// One lane: the scalar twin of simd.h, always compiled, and what the wider sets are compared with.
#pragma once

#if defined(__AVX512F__)
#define BACKSTEP_SIMD_SET for_avx512
#elif defined(__AVX2__)
#define BACKSTEP_SIMD_SET for_avx2
#else
#define BACKSTEP_SIMD_SET for_all
#endif

namespace backstep::simd {
inline namespace BACKSTEP_SIMD_SET {

struct F32x1 {
  static constexpr int kLanes = 1;
  float v;

  static F32x1 zero() { return {0.0F}; }
  static F32x1 splat(float s) { return {s}; }
  static F32x1 broadcast(const float* p) { return {*p}; }
  static F32x1 load(const float* p) { return {*p}; }
  void store(float* p) const { *p = v; }
  static F32x1 mul(F32x1 a, F32x1 b) { return {a.v * b.v}; }
  static F32x1 add(F32x1 a, F32x1 b) { return {a.v + b.v}; }
  static F32x1 select_le_zero(F32x1 c, F32x1 a, F32x1 b) { return c.v <= 0.0F ? a : b; }
};

}  // namespace BACKSTEP_SIMD_SET
}  // namespace backstep::simd
