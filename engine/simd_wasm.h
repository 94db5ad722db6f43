// WebAssembly simd128 twin of simd.h. Relaxed SIMD is left out on purpose: its results differ between machines.
#pragma once

#include <wasm_simd128.h>

namespace backstep::simd {

struct F32x4 {
  static constexpr int kLanes = 4;
  v128_t v;

  static F32x4 zero() { return {wasm_f32x4_const_splat(0.0F)}; }
  static F32x4 splat(float s) { return {wasm_f32x4_splat(s)}; }
  static F32x4 load(const float* p) { return {wasm_v128_load(p)}; }
  void store(float* p) const { wasm_v128_store(p, v); }
  static F32x4 mul(F32x4 a, F32x4 b) { return {wasm_f32x4_mul(a.v, b.v)}; }
  static F32x4 add(F32x4 a, F32x4 b) { return {wasm_f32x4_add(a.v, b.v)}; }
  static F32x4 select_le_zero(F32x4 c, F32x4 a, F32x4 b) {
    return {wasm_v128_bitselect(a.v, b.v, wasm_f32x4_le(c.v, wasm_f32x4_const_splat(0.0F)))};
  }
};

}  // namespace backstep::simd
