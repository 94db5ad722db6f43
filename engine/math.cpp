#include "math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace backstep::math {
namespace {

// ln 2 in two parts: the high one has its low 32 bits clear, so n * kLn2High is exact for every exponent n.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kLog2E = 0x1.71547652b82fep+0;

double scale_by_power_of_two(double x, int n) {
  const auto power = [](int e) { return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52U); };
  // In two halves, so that results below the normal range are rounded once, at the last multiplication.
  if (n < -1022) return x * power(n + 1022) * power(-1022);
  if (n > 1023) return x * power(1023) * power(n - 1023);
  return x * power(n);
}

// e^r - 1 for |r| <= ln(2)/2: the Taylor series, whose first neglected term is below 1e-20 there.
double expm1_reduced(double r) {
  double sum = 1.0;
  for (int k = 16; k >= 2; --k) sum = 1.0 + r * sum / k;
  return r * sum;
}

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x > 709.8) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0.0;
  const double n = std::floor(x * kLog2E + 0.5);
  const double high = x - n * kLn2High;
  const double low = n * kLn2Low;
  const double r = high - low;
  const double lost = (high - r) - low;  // what the subtraction rounded away
  const double tail = expm1_reduced(r);
  return scale_by_power_of_two(1.0 + (tail + lost * (1.0 + tail)), static_cast<int>(n));
}

// x = 2^e m with m in [sqrt(1/2), sqrt(2)); log m = 2 artanh(s), s = (m - 1) / (m + 1).
double log(double x) {
  if (x != x || x < 0.0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0.0) return -std::numeric_limits<double>::infinity();
  if (x > std::numeric_limits<double>::max()) return x;
  int e = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    e = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  e += static_cast<int>(bits >> 52U) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffU) | 0x3ff0000000000000U);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    e += 1;
  }
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  double series = 0.0;
  for (int k = 23; k >= 3; k -= 2) series = (series + 1.0 / k) * z;
  // log(1 + f) = f - (f^2/2 - s (f^2/2 + 2 series)): f carries the leading bits exactly.
  const double half_square = 0.5 * f * f;
  const double rest = s * (half_square + 2.0 * series);
  return e * kLn2High - ((half_square - (rest + e * kLn2Low)) - f);
}

double tanh(double x) {
  const double a = std::abs(x);
  if (a != a) return x;
  if (a < 0.25) {
    // tanh = expm1(2x) / (expm1(2x) + 2), with expm1 by its series: no cancellation near 0.
    const double t = expm1_reduced(2.0 * a > 0.34 ? a : 2.0 * a);
    const double em1 = 2.0 * a > 0.34 ? t * (t + 2.0) : t;
    const double y = em1 / (em1 + 2.0);
    return x < 0.0 ? -y : (x == 0.0 ? x : y);
  }
  const double e = exp(-2.0 * a);
  const double y = (1.0 - e) / (1.0 + e);
  return x < 0.0 ? -y : y;
}

double sigmoid(double x) {
  const double e = exp(-std::abs(x));
  return x >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

}  // namespace backstep::math
