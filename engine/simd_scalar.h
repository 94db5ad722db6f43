// One lane: the scalar twin of simd.h, always compiled, and what the wider sets are compared with.
#pragma once

namespace backstep::simd {

struct F32x1 {
  static constexpr int kLanes = 1;
  float v;

  static F32x1 zero() { return {0.0F}; }
  static F32x1 splat(float s) { return {s}; }
  static F32x1 load(const float* p) { return {*p}; }
  void store(float* p) const { *p = v; }
  static F32x1 mul(F32x1 a, F32x1 b) { return {a.v * b.v}; }
  static F32x1 add(F32x1 a, F32x1 b) { return {a.v + b.v}; }
  static F32x1 select_le_zero(F32x1 c, F32x1 a, F32x1 b) { return c.v <= 0.0F ? a : b; }
};

}  // namespace backstep::simd
