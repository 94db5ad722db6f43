// x86 twins of simd.h: SSE2 belongs to every x86-64, AVX2 and AVX-512 exist in units compiled for them.
#pragma once

#include <immintrin.h>

namespace backstep::simd {
inline namespace BACKSTEP_SIMD_SET {

struct F32x4 {
  static constexpr int kLanes = 4;
  __m128 v;

  static F32x4 zero() { return {_mm_setzero_ps()}; }
  static F32x4 splat(float s) { return {_mm_set1_ps(s)}; }
  static F32x4 broadcast(const float* p) { return {_mm_load1_ps(p)}; }
  static F32x4 load(const float* p) { return {_mm_loadu_ps(p)}; }
  void store(float* p) const { _mm_storeu_ps(p, v); }
  static F32x4 mul(F32x4 a, F32x4 b) { return {_mm_mul_ps(a.v, b.v)}; }
  static F32x4 add(F32x4 a, F32x4 b) { return {_mm_add_ps(a.v, b.v)}; }
  static F32x4 select_le_zero(F32x4 c, F32x4 a, F32x4 b) {
    const __m128 mask = _mm_cmple_ps(c.v, _mm_setzero_ps());
    return {_mm_or_ps(_mm_and_ps(mask, a.v), _mm_andnot_ps(mask, b.v))};
  }
};

inline void transpose(F32x4& a, F32x4& b, F32x4& c, F32x4& d) { _MM_TRANSPOSE4_PS(a.v, b.v, c.v, d.v); }

#if defined(__AVX2__)
struct F32x8 {
  static constexpr int kLanes = 8;
  __m256 v;

  static F32x8 zero() { return {_mm256_setzero_ps()}; }
  static F32x8 splat(float s) { return {_mm256_set1_ps(s)}; }
  static F32x8 broadcast(const float* p) { return {_mm256_broadcast_ss(p)}; }
  static F32x8 load(const float* p) { return {_mm256_loadu_ps(p)}; }
  void store(float* p) const { _mm256_storeu_ps(p, v); }
  static F32x8 mul(F32x8 a, F32x8 b) { return {_mm256_mul_ps(a.v, b.v)}; }
  static F32x8 add(F32x8 a, F32x8 b) { return {_mm256_add_ps(a.v, b.v)}; }
  static F32x8 select_le_zero(F32x8 c, F32x8 a, F32x8 b) {
    return {_mm256_blendv_ps(b.v, a.v, _mm256_cmp_ps(c.v, _mm256_setzero_ps(), _CMP_LE_OQ))};
  }
};
#endif

#if defined(__AVX512F__)
struct F32x16 {
  static constexpr int kLanes = 16;
  __m512 v;

  static F32x16 zero() { return {_mm512_setzero_ps()}; }
  static F32x16 splat(float s) { return {_mm512_set1_ps(s)}; }
  static F32x16 broadcast(const float* p) { return {_mm512_set1_ps(*p)}; }
  static F32x16 load(const float* p) { return {_mm512_loadu_ps(p)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  static F32x16 join(const float* low, const float* high) {
    return {_mm512_insertf32x8(_mm512_zextps256_ps512(_mm256_loadu_ps(low)), _mm256_loadu_ps(high), 1)};
  }
  void split(float* low, float* high) const {
    _mm256_storeu_ps(low, _mm512_castps512_ps256(v));
    _mm256_storeu_ps(high, _mm512_extractf32x8_ps(v, 1));
  }
  static F32x16 mul(F32x16 a, F32x16 b) { return {_mm512_mul_ps(a.v, b.v)}; }
  static F32x16 add(F32x16 a, F32x16 b) { return {_mm512_add_ps(a.v, b.v)}; }
  static F32x16 select_le_zero(F32x16 c, F32x16 a, F32x16 b) {
    return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(c.v, _mm512_setzero_ps(), _CMP_LE_OQ), b.v, a.v)};
  }
};
#endif

}  // namespace BACKSTEP_SIMD_SET
}  // namespace backstep::simd
