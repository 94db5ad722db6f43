// Digits against the standard library's, which the page leaves out for its size.
#include "engine/decimal.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// Every kind of finite double: any bits, floats, dyadic fractions.
double some_number(Rng& rng, int i) {
  const auto any = static_cast<std::uint64_t>(rng.below(INT64_MAX)) << 1U;
  switch (i % 3) {
    case 0: return std::bit_cast<double>(any);
    case 1: return static_cast<double>(static_cast<float>(rng.normal()));
    default: return static_cast<double>(any >> 40U) / static_cast<double>(1 << (i % 20));
  }
}

std::string standard(double value) {
  std::array<char, 400> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

}  // namespace

TEST_CASE("decimal: rounded digits are printf's") {
  Rng rng(17);
  for (int i = 0; i < 6000; ++i) {
    const double value = some_number(rng, i), size = value < 0.0 ? -value : value;
    if (!(size > 0.0) || size - size != 0.0) continue;
    for (const int count : {1, 4, 9}) {
      std::array<char, 64> want;
      std::snprintf(want.data(), want.size(), "%.*e", count - 1, size);
      const auto [digits, exponent] = rounded_decimal(size, count);
      std::array<char, 16> power;
      std::snprintf(power.data(), power.size(), "e%+03d", exponent);
      const std::string got = digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + power.data();
      if (got != want.data()) CHECK(got == std::string(want.data()));
    }
  }
}

TEST_CASE("decimal: the shortest text reads back as the same number") {
  Rng rng(18);
  for (int i = 0; i < 20000; ++i) {
    const double value = some_number(rng, i);
    if (value - value != 0.0) continue;
    const std::string text = shortest_decimal(value);
    if (bits(std::strtod(text.c_str(), nullptr)) != bits(value)) CHECK(text == standard(value));
    if (text.size() > standard(value).size()) CHECK(text == standard(value));
  }
  for (const double value : {0.0, -0.0, 1.0, -0.1, 1e22, 1e-7, 123456.0, 0.0001, 5e-324, 1.7976931348623157e308}) {
    CHECK(shortest_decimal(value) == standard(value));
  }
}
