#include "engine/rng.h"

#include "engine/network.h"
#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("rng: the published sequence of SplitMix64") {
  Rng rng(0);
  CHECK(rng.next() == 0xe220a8397b1dcdafU);
  CHECK(rng.next() == 0x6e789e6aa1b965f4U);
  CHECK(rng.next() == 0x06c45d188009454fU);
}

TEST_CASE("rng: below is even and stays below") {
  Rng rng(1);
  std::array<int, 7> seen{};
  for (int i = 0; i < 70000; ++i) ++seen[static_cast<std::size_t>(rng.below(7))];
  // The deviation of each count is 93.
  for (const int count : seen) {
    CHECK(count > 9500);
    CHECK(count < 10500);
  }
  CHECK(rng.below(1) == 0);
}

TEST_CASE("rng: uniform numbers fill [0, 1), normal ones have mean 0 and deviation 1") {
  Rng rng(2);
  double sum = 0.0, square = 0.0;
  for (int i = 0; i < 100000; ++i) {
    const double u = rng.uniform();
    CHECK_FALSE((u < 0.0 || u >= 1.0));
    const double v = rng.normal();
    sum += v;
    square += v * v;
  }
  // Deviations of the mean and of the mean square: 0.0032 and 0.0045.
  CHECK(sum / 1e5 > -0.016);
  CHECK(sum / 1e5 < 0.016);
  CHECK(square / 1e5 > 0.977);
  CHECK(square / 1e5 < 1.023);
}

TEST_CASE("rng: normal numbers are the same on every machine") {
  Rng rng(42);
  CHECK(bits(rng.normal()) == 0x3fdf8c80e851c08cU);
  CHECK(bits(rng.normal()) == 0xbfe6354b5f7dce79U);
  CHECK(bits(rng.normal()) == 0xbff47f4af60c7f94U);
}

TEST_CASE("initial weights: He and Glorot by fan-in and fan-out, zero biases, gamma 1") {
  Conv2d conv;
  conv.out_channels = 32;
  conv.kernel = {5, 5};
  ConvTranspose2d up;
  up.out_channels = 8;
  up.kernel = {4, 4};
  const Problem problem = problem_of({1, 16, 9, 9}, {conv, BatchNorm{}, up}, std::nullopt);
  const auto check_deviation = [](const Tensor& w, double want) {
    double square = 0.0;
    for (const float v : w.data) square += static_cast<double>(v) * static_cast<double>(v);
    const double ratio = square / static_cast<double>(w.count()) / (want * want);
    // A mean square over n numbers deviates by sqrt(2 / n); n is at least 4096.
    CHECK(ratio > 0.9);
    CHECK(ratio < 1.1);
  };
  const Parameters he = initial_parameters(*problem.net, 1, Initialisation::he);
  check_deviation(he.layers[0].w, 0.07071067811865475);  // sqrt(2 / (16 * 25))
  check_deviation(he.layers[2].w, 0.0625);               // sqrt(2 / (32 * 16))
  CHECK(he.layers[0].b.data == std::vector<float>(32, 0.0F));
  CHECK(he.layers[1].w.data == std::vector<float>(32, 1.0F));
  CHECK(he.layers[1].b.data == std::vector<float>(32, 0.0F));
  const Parameters glorot = initial_parameters(*problem.net, 1, Initialisation::glorot);
  const double bound = 0.07071067811865475;  // sqrt(6 / (16 * 25 + 32 * 25))
  check_deviation(glorot.layers[0].w, bound / 1.7320508075688772);
  for (const float v : glorot.layers[0].w.data) CHECK((v < 0.0F ? -v : v) <= static_cast<float>(bound));
  const Parameters again = initial_parameters(*problem.net, 1, Initialisation::he);
  const Parameters other = initial_parameters(*problem.net, 2, Initialisation::he);
  CHECK(difference(again.layers[0].w, he.layers[0].w) == "");
  CHECK(difference(other.layers[0].w, he.layers[0].w) != "");
}
