#include "engine/simd.h"

#include <algorithm>

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// A vector type lane by lane against float.
template <class V>
void check_lanes() {
  constexpr int L = V::kLanes;
  Rng rng(L);
  for (int round = 0; round < 200; ++round) {
    const Tensor a = wild_tensor(rng, {L}), b = wild_tensor(rng, {L}), c = wild_tensor(rng, {L});
    const V va = V::load(a.data.data()), vb = V::load(b.data.data()), vc = V::load(c.data.data());
    Tensor product(Shape{L}), sum(Shape{L}), selected(Shape{L}), splat(Shape{L}), zero(Shape{L});
    V::mul(va, vb).store(product.data.data());
    V::add(va, vb).store(sum.data.data());
    V::select_le_zero(vc, va, vb).store(selected.data.data());
    V::splat(a[0]).store(splat.data.data());
    V::zero().store(zero.data.data());
    for (std::int64_t i = 0; i < L; ++i) {
      CHECK(same_bits(product[i], a[i] * b[i]));
      CHECK(same_bits(sum[i], a[i] + b[i]));
      CHECK(same_bits(selected[i], c[i] <= 0.0F ? a[i] : b[i]));
      CHECK(same_bits(splat[i], a[0]));
      CHECK(bits(zero[i]) == 0);
    }
  }
}

}  // namespace

TEST_CASE("simd: each operation is that of float, lane by lane") {
  check_lanes<simd::F32x1>();
#if defined(__wasm_simd128__) || defined(__x86_64__)
  check_lanes<simd::F32x4>();
#endif
}

TEST_CASE("simd: reference and scalar are always there, the best set is the last") {
  const auto all = available_isas();
  CHECK(all.size() >= 2);
  CHECK(all[0] == Isa::reference);
  CHECK(all[1] == Isa::scalar);
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(best_isa() == all.back());
#if defined(__wasm_simd128__)
  CHECK(best_isa() == Isa::wasm128);
#elif defined(__x86_64__)
  CHECK(all.size() >= 3);
#endif
  for (const Isa isa : all) CHECK(std::string(isa_name(isa)) != "");
}

TEST_CASE("simd: products and sums are rounded one by one, never fused") {
  // a * a = 1 + 2^-11 + 2^-24 exactly; rounded to float first, the difference is 0.
  volatile float a = 1.0F + 0x1p-12F;
  const float rounded = a * a;
  CHECK(rounded - (1.0F + 0x1p-11F) == 0.0F);
  CHECK(a * a - (1.0F + 0x1p-11F) == 0.0F);
}

TEST_CASE("simd: denormals are kept, in and out") {
  volatile float tiny = 0x1p-149F;
  CHECK(tiny * 2.0F == 0x1p-148F);
  CHECK(tiny + tiny == 0x1p-148F);
  volatile float small = 0x1p-100F;
  CHECK(small * 0x1p-40F == 0x1p-140F);
}
