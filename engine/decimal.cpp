#include "decimal.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace backstep {
namespace {

// A whole number below 2^2592: the smallest double is one times 5^1074 over 10^1074.
class Whole {
 public:
  explicit Whole(std::uint64_t value) {
    for (; value != 0; value >>= 32U) words_[size_++] = static_cast<std::uint32_t>(value);
  }
  bool is_zero() const { return size_ == 0; }

  void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += std::uint64_t{words_[i]} * factor;
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    if (carry != 0) words_[size_++] = static_cast<std::uint32_t>(carry);
  }
  // Divides and gives the remainder.
  std::uint32_t divide(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = size_; i-- > 0;) {
      rest = (rest << 32U) | words_[i];
      words_[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
    return static_cast<std::uint32_t>(rest);
  }

 private:
  std::array<std::uint32_t, 81> words_{};
  std::size_t size_ = 0;
};

// factor^times, in steps that fit a word.
void multiply_power(Whole& number, std::uint32_t factor, int times) {
  while (times > 0) {
    std::uint32_t step = 1;
    for (; times > 0 && step < UINT32_MAX / factor; --times) step *= factor;
    number.multiply(step);
  }
}

}  // namespace

Decimal rounded_decimal(double value, int count) {
  constexpr int kFractionBits = 52, kBias = 1075;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  std::uint64_t fraction = bits & ((std::uint64_t{1} << kFractionBits) - 1);
  int power = static_cast<int>((bits >> kFractionBits) & 0x7ffU);
  if (power == 0)
    power = 1;
  else
    fraction |= std::uint64_t{1} << kFractionBits;
  power -= kBias;
  for (; power < 0 && (fraction & 1U) == 0; ++power) fraction >>= 1U;

  // fraction x 2^power, or fraction x 5^-power over 10^-power.
  Whole whole(fraction);
  multiply_power(whole, power < 0 ? 5 : 2, power < 0 ? -power : power);
  std::string reversed;
  while (!whole.is_zero()) {
    std::uint32_t nine = whole.divide(1'000'000'000);
    for (int i = 0; i < 9; ++i, nine /= 10) reversed += static_cast<char>('0' + nine % 10);
  }
  while (reversed.back() == '0') reversed.pop_back();
  Decimal out{{reversed.rbegin(), reversed.rend()}, static_cast<int>(reversed.size()) - 1 + (power < 0 ? power : 0)};

  const auto wanted = static_cast<std::size_t>(count);
  if (out.digits.size() <= wanted) {
    out.digits.resize(wanted, '0');
    return out;
  }
  const char next = out.digits[wanted];
  const bool more = out.digits.find_first_not_of('0', wanted + 1) != std::string::npos;
  const bool odd = (out.digits[wanted - 1] - '0') % 2 != 0;
  out.digits.resize(wanted);
  if (next < '5' || (next == '5' && !more && !odd)) return out;
  std::size_t i = wanted;
  while (i > 0 && out.digits[i - 1] == '9') out.digits[--i] = '0';
  if (i > 0) {
    ++out.digits[i - 1];
  } else {
    out.digits.insert(out.digits.begin(), '1');
    out.digits.pop_back();
    ++out.exponent;
  }
  return out;
}

namespace {

std::string with_exponent(const Decimal& d) {
  std::string out = d.digits.substr(0, 1);
  if (d.digits.size() > 1) out += '.' + d.digits.substr(1);
  const std::string power = std::to_string(d.exponent < 0 ? -d.exponent : d.exponent);
  return out + (d.exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
}

std::string plain(const Decimal& d) {
  std::string out = d.digits;
  if (d.exponent < 0) {
    out.insert(0, static_cast<std::size_t>(-d.exponent), '0');
    return out.insert(1, 1, '.');
  }
  const auto whole = static_cast<std::size_t>(d.exponent) + 1;
  if (out.size() <= whole) {
    out.resize(whole, '0');
    return out;
  }
  return out.insert(whole, 1, '.');
}

}  // namespace

std::string shortest_decimal(double value) {
  constexpr double kFewBits = 1e-290;  // below, 15 digits may be more than there are
  constexpr int kAlwaysKept = 15, kAlwaysEnough = 17;
  const bool negative = (std::bit_cast<std::uint64_t>(value) >> 63U) != 0;
  const double size = negative ? -value : value;
  Decimal d{"0", 0};
  for (int count = size < kFewBits ? 1 : kAlwaysKept; size > 0.0 && count <= kAlwaysEnough; ++count) {
    d = rounded_decimal(size, count);
    if (std::strtod(with_exponent(d).c_str(), nullptr) == size) break;
  }
  while (d.digits.size() > 1 && d.digits.back() == '0') d.digits.pop_back();
  const std::string short_plain = d.exponent < 25 && d.exponent > -25 ? plain(d) : "";
  const std::string scientific = with_exponent(d);
  const bool is_plain = !short_plain.empty() && short_plain.size() <= scientific.size();
  return (negative ? "-" : "") + (is_plain ? short_plain : scientific);
}

}  // namespace backstep
