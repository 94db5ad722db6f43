// The engine's own exp, log, tanh and sigmoid: at most 2 ulp of double from the truth, over the whole range, and the
// same bits everywhere. Truth is the machine's long double library.
#include "engine/math.h"

#include <cmath>

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

#if defined(__wasm__)
constexpr double kMostUlps = 3.0;  // the yardstick is itself a double there, up to 1 ulp off
#else
constexpr double kMostUlps = 2.0;
#endif

// |got - want| in units of the last place of a double near `want`.
double ulps(double got, long double want) {
  const auto nearest = static_cast<double>(want);
  if (got != got || nearest != nearest) return got != got && nearest != nearest ? 0.0 : 1e9;
  if (nearest - nearest != 0.0 || got - got != 0.0) return got == nearest ? 0.0 : 1e9;
  int exponent = 0;
  std::frexp(nearest, &exponent);
  const double unit = std::ldexp(1.0, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs((static_cast<long double>(got) - want) / static_cast<long double>(unit)));
}

struct Worst {
  double ulps = 0.0;
  double at = 0.0;
};

// Worst error over random arguments: evenly in [low, high], and evenly in their logarithm for both signs.
template <class Own, class Truth>
Worst worst_error(Own&& own, Truth&& truth, double low, double high) {
  Worst worst;
  const auto meet = [&](double x) {
    if (x < low || x > high) return;
    const double error = ulps(own(x), truth(static_cast<long double>(x)));
    if (error > worst.ulps) worst = {error, x};
  };
  Rng rng(11);
  for (int i = 0; i < 200000; ++i) meet(low + (high - low) * rng.uniform());
  for (int i = 0; i < 200000; ++i) {
    const double size = std::ldexp(1.0 + rng.uniform(), static_cast<int>(rng.below(1090)) - 1074);
    meet(size);
    meet(-size);
  }
  for (const double x : {0.0, -0.0, 1.0, -1.0, 0x1p-1074, -0x1p-1074, low, high}) meet(x);
  return worst;
}

void check_worst(const Worst& worst) {
  CHECK_MESSAGE(worst.ulps <= kMostUlps, "worst error ", worst.ulps, " ulp at ", worst.at);
}
struct Expected {
  double x;
  std::uint64_t exp, log, tanh, sigmoid;  // bits; 0 for a logarithm that there is none of
};

constexpr Expected kExpected[] = {
    {-745, 0x0000000000000001U, 0x0000000000000000U, 0xbff0000000000000U, 0x0000000000000001U},
    {-708.5, 0x000e6cf6d08897acU, 0x0000000000000000U, 0xbff0000000000000U, 0x000e6cf6d08897acU},
    {-100, 0x36ea8c1f14e2af5dU, 0x0000000000000000U, 0xbff0000000000000U, 0x36ea8c1f14e2af5dU},
    {-20.5, 0x3e157a3afeed00abU, 0x0000000000000000U, 0xbff0000000000000U, 0x3e157a3afe79aea8U},
    {-1, 0x3fd78b56362cef38U, 0x0000000000000000U, 0xbfe85efab514f394U, 0x3fd136561454ba86U},
    {-0.29999999999999999, 0x3fe7b4c869c37c05U, 0x0000000000000000U, 0xbfd2a4dda7d914faU, 0x3fdb3c5574372aebU},
    {-1.0000000000000001e-09, 0x3fefffffff768fa1U, 0x0000000000000000U, 0xbe112e0be826d695U, 0x3fdfffffffbb47d0U},
    {1e-300, 0x3ff0000000000000U, 0xc085963447f87fb5U, 0x01a56e1fc2f8f359U, 0x3fe0000000000000U},
    {1.0000000000000001e-09, 0x3ff000000044b830U, 0xc034b927f32bffb8U, 0x3e112e0be826d695U, 0x3fe0000000225c18U},
    {0.20000000000000001, 0x3ff38add9e58ac8dU, 0xbff9c041f7ed8d33U, 0x3fc9439830b3a590U, 0x3fe1983d7795f414U},
    {0.5, 0x3ffa61298e1e069cU, 0xbfe62e42fefa39efU, 0x3fdd9353d7568af3U, 0x3fe3eb2fd4d34391U},
    {0.75, 0x4000ef9db467dcf8U, 0xbfd269621134db92U, 0x3fe45323e552f228U, 0x3fe5bbd4f7a323ecU},
    {1, 0x4005bf0a8b145769U, 0x0000000000000000U, 0x3fe85efab514f394U, 0x3fe764d4f5d5a2bdU},
    {2.5, 0x40285d6fd931e0bbU, 0x3fed5240f0e0e078U, 0x3fef9258260a71c2U, 0x3fed9291ddb596f8U},
    {10, 0x40d5829dcf950560U, 0x40026bb1bbb55516U, 0x3feffffffdc96f35U, 0x3fefffa0cb346f89U},
    {36.700000000000003, 0x433ed8026b267154U, 0x400cd27c9e8e3110U, 0x3ff0000000000000U, 0x3fefffffffffffffU},
    {700, 0x7f0d945df4f8ec8eU, 0x401a344e6741ebabU, 0x3ff0000000000000U, 0x3ff0000000000000U},
};

}  // namespace

TEST_CASE("math: exp, tanh and sigmoid are within 2 ulp") {
  check_worst(worst_error(math::exp, [](long double x) { return std::exp(x); }, -745.2, 709.8));
  check_worst(worst_error(math::exp, [](long double x) { return std::exp(x); }, -745.2, -700.0));
  check_worst(worst_error(math::exp, [](long double x) { return std::exp(x); }, -1.0, 1.0));
  const auto tanh = [](long double x) { return std::tanh(x); };
  check_worst(worst_error(math::tanh, tanh, -25.0, 25.0));
  check_worst(worst_error(math::tanh, tanh, -0.6, 0.6));
  check_worst(worst_error(math::tanh, tanh, -0.02, 0.02));
  const auto sigmoid = [](long double x) { return 1.0L / (1.0L + std::exp(-x)); };
  check_worst(worst_error(math::sigmoid, sigmoid, -745.0, 50.0));
  check_worst(worst_error(math::sigmoid, sigmoid, -5.0, 5.0));
}

TEST_CASE("math: log is within 2 ulp, also of denormals and next to 1") {
  const auto log = [](long double x) { return std::log(x); };
  check_worst(worst_error(math::log, log, 0x1p-1074, 1e308));
  check_worst(worst_error(math::log, log, 0.5, 2.0));
  Worst worst;
  Rng rng(12);
  for (int i = 0; i < 200000; ++i) {
    const double away = std::ldexp(1.0 + rng.uniform(), -1 - static_cast<int>(rng.below(53)));
    for (const double x : {1.0 + away, 1.0 - away / 2.0}) {
      const double error = ulps(math::log(x), std::log(static_cast<long double>(x)));
      if (error > worst.ulps) worst = {error, x};
    }
  }
  check_worst(worst);
}
TEST_CASE("math: the ends of the range") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(inf) == inf);
  CHECK(math::exp(-inf) == 0.0);
  CHECK(math::exp(710.0) == inf);
  CHECK(math::exp(-746.0) == 0.0);
  CHECK(math::exp(-745.0) == 0x1p-1074);
  CHECK(math::log(1.0) == 0.0);
  CHECK(math::log(0.0) == -inf);
  CHECK(math::log(inf) == inf);
  CHECK(math::log(-1.0) != math::log(-1.0));
  CHECK(math::tanh(inf) == 1.0);
  CHECK(math::tanh(-inf) == -1.0);
  CHECK(bits(math::tanh(-0.0)) == bits(-0.0));
  CHECK(math::tanh(0x1p-1074) == 0x1p-1074);
  CHECK(math::sigmoid(inf) == 1.0);
  CHECK(math::sigmoid(-inf) == 0.0);
  CHECK(math::sigmoid(0.0) == 0.5);
  for (const auto f : {math::exp, math::log, math::tanh, math::sigmoid}) CHECK(f(nan) != f(nan));
}

TEST_CASE("math: the same bits on every machine") {
  for (const Expected& e : kExpected) {
    INFO(e.x);
    CHECK(bits(math::exp(e.x)) == e.exp);
    if (e.log != 0) CHECK(bits(math::log(e.x)) == e.log);
    CHECK(bits(math::tanh(e.x)) == e.tanh);
    CHECK(bits(math::sigmoid(e.x)) == e.sigmoid);
  }
}
