// Loops over registers must be unrolled completely: an array of vectors that is indexed at run time lives in memory.
#pragma once

#if defined(__clang__)
#define BACKSTEP_UNROLL _Pragma("clang loop unroll(full)")
#define BACKSTEP_NO_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define BACKSTEP_UNROLL _Pragma("GCC unroll 32")
#define BACKSTEP_NO_UNROLL
#endif
#define BACKSTEP_INLINE inline __attribute__((always_inline))
#define BACKSTEP_NO_INLINE __attribute__((noinline))
#define BACKSTEP_LAMBDA_INLINE __attribute__((always_inline))
