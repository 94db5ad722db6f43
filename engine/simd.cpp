#include "simd.h"

#include <array>

namespace backstep {

const char* isa_name(Isa isa) {
  switch (isa) {
    case Isa::reference: return "reference";
    case Isa::scalar: return "scalar";
    case Isa::wasm128: return "wasm128";
    case Isa::sse2: return "sse2";
    case Isa::avx2: return "avx2";
    case Isa::avx512: return "avx512";
  }
  return "";
}

std::span<const Isa> available_isas() {
#if defined(__wasm_simd128__)
  static constexpr std::array kAll{Isa::reference, Isa::scalar, Isa::wasm128};
  return kAll;
#elif defined(__x86_64__)
  static constexpr std::array kAll{Isa::reference, Isa::scalar, Isa::sse2, Isa::avx2, Isa::avx512};
  static const std::size_t count = [] {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2")) return std::size_t{3};
    return __builtin_cpu_supports("avx512f") ? std::size_t{5} : std::size_t{4};
  }();
  return std::span(kAll).first(count);
#else
  static constexpr std::array kAll{Isa::reference, Isa::scalar};
  return kAll;
#endif
}

Isa best_isa() { return available_isas().back(); }

}  // namespace backstep
