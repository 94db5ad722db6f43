// One small set of vector operations, a twin for each instruction set with the same names. Kernels are templates over a
// vector type V and never spell an intrinsic; lanes run over independent outputs, never over a sum, so every V gives
// the same bits.
//
//   V::kLanes            number of float lanes
//   V::zero(), V::splat(s), V::broadcast(p)
//   V::load(p), v.store(p)            unaligned, kLanes floats
//   V::mul(a, b), V::add(a, b)        rounded once each; never fused
//   V::select_le_zero(c, a, b)        lane-wise c <= 0 ? a : b (a NaN in c takes b)
//
// F32x4 alone has transpose(a, b, c, d); F32x16 alone has join(p, q) and split(p, q), which read and write two halves.
//
// Units compiled for different instruction sets see these types under different names (an inline namespace for each
// set), so that the linker can never hand code for a wider set to a narrower machine.
#pragma once

#include "simd_scalar.h"
#if defined(__wasm_simd128__)
#include "simd_wasm.h"
#elif defined(__x86_64__) || defined(_M_X64)
#include "simd_x86.h"
#endif

#include <span>

namespace backstep {

// Instruction sets that kernels exist for. `reference` is the gather over taps in reference.h, `scalar` the kernels
// with one lane.
enum class Isa : unsigned char { reference, scalar, wasm128, sse2, avx2, avx512 };

const char* isa_name(Isa isa);
std::span<const Isa> available_isas();  // on this machine, narrowest first
Isa best_isa();

}  // namespace backstep
