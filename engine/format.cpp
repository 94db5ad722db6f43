#include "format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "decimal.h"

namespace backstep {
namespace {

constexpr int kLowestPlainExponent = -4;
constexpr int kFirstScientificExponent = 6;
constexpr std::string_view kMinus = "−";

std::string_view without_trailing_zeros(std::string_view digits) {
  if (digits.find('.') == std::string_view::npos) return digits;
  while (digits.back() == '0') digits.remove_suffix(1);
  if (digits.back() == '.') digits.remove_suffix(1);
  return digits;
}

}  // namespace

std::string format_number(double value, int count) {
  if (value != value) return "NaN";
  if (value == 0.0) return "0";
  if (value - value != 0.0) return value > 0.0 ? "∞" : std::string(kMinus) + "∞";
  const double size = value < 0.0 ? -value : value;
  const std::string sign(value < 0.0 ? kMinus : "");
  const auto [digits, exponent] = rounded_decimal(size, count);
  if (exponent < kLowestPlainExponent || exponent >= kFirstScientificExponent) {
    const std::string power = std::to_string(exponent < 0 ? -exponent : exponent);
    return sign + std::string(without_trailing_zeros(digits.substr(0, 1) + '.' + digits.substr(1))) + "e" +
           std::string(exponent < 0 ? kMinus : "") + power;
  }
  std::string plain = digits;
  // Four digits of a large integer are rounded there: 123456 reads 123500, never with invented precision.
  if (exponent >= count) plain.append(static_cast<std::size_t>(exponent - count + 1), '0');
  if (exponent < 0) plain.insert(0, static_cast<std::size_t>(-exponent), '0');
  plain.insert(static_cast<std::size_t>(std::max(exponent, 0) + 1), 1, '.');
  return sign + std::string(without_trailing_zeros(plain));
}

std::string format_exact(float value) {
  if (value != value) return "NaN";
  if (value - value != 0.0F) return value > 0.0F ? "Infinity" : "-Infinity";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string format_count(long long value) {
  std::string digits = std::to_string(value);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::string format_hex(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  std::string out = "0x00000000";
  for (std::size_t i = 0; i < 8; ++i) out[9 - i] = "0123456789abcdef"[(bits >> (4 * i)) & 0xfU];
  return out;
}

}  // namespace backstep
