#include "math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace backstep::math {
namespace {

// ln 2 in two parts: the high one has its low 32 bits clear, so n * kLn2High is exact for every exponent n.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kLog2E = 0x1.71547652b82fep+0;

// 1 / k!
constexpr auto kReciprocalFactorial = [] {
  std::array<double, 16> out{};
  double factorial = 1.0;
  for (int k = 0; k < 16; ++k) {
    if (k > 0) factorial *= k;
    out[static_cast<std::size_t>(k)] = 1.0 / factorial;
  }
  return out;
}();

double scale_by_power_of_two(double x, int n) {
  const auto power = [](int e) { return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52U); };
  // In two halves, so that results below the normal range are rounded once, at the last multiplication.
  if (n < -1022) return x * power(n + 1022) * power(-1022);
  if (n > 1023) return x * power(1023) * power(n - 1023);
  return x * power(n);
}

// A number as an unevaluated sum; |low| is at most about one unit in the last place of high.
struct Split {
  double high, low;
};

Split fast_two_sum(double big, double small) {
  const double high = big + small;
  return {high, (big - high) + small};
}

// (a.high + a.low) / (b.high + b.low): the high parts' quotient and a correction of first order.
double quotient(Split a, Split b) {
  const double q = a.high / b.high;
  return q + (a.low - q * b.low) / b.high;
}

// e^x = 2^n (1 + r + c) with |r| <= ln(2)/2: r holds the leading bits exactly, c all the rest, so that its rounding
// errors lie far below the last place of the sum.
struct Reduced {
  double r, c;
  int n;
};

Reduced reduce(double x) {
  const double n = std::floor(x * kLog2E + 0.5);
  const double high = x - n * kLn2High;
  const double low = n * kLn2Low;
  const double r = high - low;
  const double lost = (high - r) - low;  // what the subtraction rounded away
  // r^2/2! + r^3/3! + … + r^15/15!; the first neglected term is below 2e-21.
  double series = 0.0;
  for (int k = 15; k >= 2; --k) series = kReciprocalFactorial[static_cast<std::size_t>(k)] + r * series;
  return {r, r * r * series + (lost + lost * r), static_cast<int>(n)};
}

// e^x, for results in the normal range.
Split exp_split(double x) {
  const Reduced e = reduce(x);
  const Split lead = fast_two_sum(1.0, e.r);
  const Split sum = fast_two_sum(lead.high, e.c + lead.low);
  return {scale_by_power_of_two(sum.high, e.n), scale_by_power_of_two(sum.low, e.n)};
}

// e^x - 1 for 0 <= x < 700.
Split expm1_split(double x) {
  const Reduced e = reduce(x);
  if (e.n == 0) return fast_two_sum(e.r, e.c);
  const Split whole = exp_split(x);
  const Split rest = fast_two_sum(whole.high, -1.0);
  return fast_two_sum(rest.high, rest.low + whole.low);
}

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x > 709.8) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0.0;
  const Reduced e = reduce(x);
  const Split lead = fast_two_sum(1.0, e.r);
  return scale_by_power_of_two(lead.high + (e.c + lead.low), e.n);
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

// t / (t + 2) with t = e^2a - 1: no cancellation near 0.
double tanh(double x) {
  const double a = std::abs(x);
  if (a != a || x == 0.0) return x;
  if (a > 20.0) return x < 0.0 ? -1.0 : 1.0;
  const Split t = expm1_split(2.0 * a);
  const Split lead = t.high < 2.0 ? fast_two_sum(2.0, t.high) : fast_two_sum(t.high, 2.0);
  const double y = quotient(t, {lead.high, lead.low + t.low});
  return x < 0.0 ? -y : y;
}

// e / (1 + e), or 1 / (1 + e) above 0, with e = e^-|x|.
double sigmoid(double x) {
  if (x != x) return x;
  if (x < -40.0) return exp(x);  // 1 + e rounds to 1
  const Split e = exp_split(-std::abs(x) < -700.0 ? -700.0 : -std::abs(x));
  const Split lead = fast_two_sum(1.0, e.high);
  const Split whole{lead.high, lead.low + e.low};
  return quotient(x >= 0.0 ? Split{1.0, 0.0} : e, whole);
}

}  // namespace backstep::math
