// Comparing and picking lanes: the part of the op set of simd.h that only windows need. Twins as there; every function
// moves bits or compares, none rounds.
//
//   even(a, b), odd(a, b)      lanes 0, 2, … and 1, 3, … of both, one after the other
//   beats(v, best)             a mask: v > best, or v is a NaN and best is none
//   choose(mask, a, b)         a where the mask is set
#pragma once

#include "simd.h"

#if defined(__wasm_simd128__) || defined(__x86_64__)

namespace backstep::simd {
#if defined(__wasm_simd128__)
inline namespace for_all {

inline F32x4 even(F32x4 a, F32x4 b) { return {wasm_i32x4_shuffle(a.v, b.v, 0, 2, 4, 6)}; }
inline F32x4 odd(F32x4 a, F32x4 b) { return {wasm_i32x4_shuffle(a.v, b.v, 1, 3, 5, 7)}; }
inline F32x4 beats(F32x4 v, F32x4 best) {
  return {wasm_v128_andnot(wasm_f32x4_eq(best.v, best.v), wasm_f32x4_le(v.v, best.v))};
}
inline F32x4 choose(F32x4 mask, F32x4 a, F32x4 b) { return {wasm_v128_bitselect(a.v, b.v, mask.v)}; }

}  // namespace for_all
#else
inline namespace BACKSTEP_SIMD_SET {

inline F32x4 even(F32x4 a, F32x4 b) { return {_mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(2, 0, 2, 0))}; }
inline F32x4 odd(F32x4 a, F32x4 b) { return {_mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(3, 1, 3, 1))}; }
inline F32x4 beats(F32x4 v, F32x4 best) {
  return {_mm_and_ps(_mm_cmpord_ps(best.v, best.v), _mm_cmpnle_ps(v.v, best.v))};
}
inline F32x4 choose(F32x4 mask, F32x4 a, F32x4 b) {
  return {_mm_or_ps(_mm_and_ps(mask.v, a.v), _mm_andnot_ps(mask.v, b.v))};
}

}  // namespace BACKSTEP_SIMD_SET
#endif
}  // namespace backstep::simd

#endif
