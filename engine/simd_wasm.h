// WebAssembly simd128 twin of simd.h. Relaxed SIMD is left out on purpose: its results differ between machines.
#pragma once

#include <wasm_simd128.h>

namespace backstep::simd {
inline namespace for_all {

struct F32x4 {
  static constexpr int kLanes = 4;
  v128_t v;

  static F32x4 zero() { return {wasm_f32x4_const_splat(0.0F)}; }
  static F32x4 splat(float s) { return {wasm_f32x4_splat(s)}; }
  static F32x4 broadcast(const float* p) { return {wasm_v128_load32_splat(p)}; }
  static F32x4 load(const float* p) { return {wasm_v128_load(p)}; }
  void store(float* p) const { wasm_v128_store(p, v); }
  static F32x4 mul(F32x4 a, F32x4 b) { return {wasm_f32x4_mul(a.v, b.v)}; }
  static F32x4 add(F32x4 a, F32x4 b) { return {wasm_f32x4_add(a.v, b.v)}; }
  static F32x4 select_le_zero(F32x4 c, F32x4 a, F32x4 b) {
    return {wasm_v128_bitselect(a.v, b.v, wasm_f32x4_le(c.v, wasm_f32x4_const_splat(0.0F)))};
  }
};

inline void transpose(F32x4& a, F32x4& b, F32x4& c, F32x4& d) {
  const v128_t ab_low = wasm_i32x4_shuffle(a.v, b.v, 0, 4, 1, 5), ab_high = wasm_i32x4_shuffle(a.v, b.v, 2, 6, 3, 7);
  const v128_t cd_low = wasm_i32x4_shuffle(c.v, d.v, 0, 4, 1, 5), cd_high = wasm_i32x4_shuffle(c.v, d.v, 2, 6, 3, 7);
  a.v = wasm_i64x2_shuffle(ab_low, cd_low, 0, 2);
  b.v = wasm_i64x2_shuffle(ab_low, cd_low, 1, 3);
  c.v = wasm_i64x2_shuffle(ab_high, cd_high, 0, 2);
  d.v = wasm_i64x2_shuffle(ab_high, cd_high, 1, 3);
}

}  // namespace for_all
}  // namespace backstep::simd
