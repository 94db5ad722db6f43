#include "format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace backstep {
namespace {

constexpr int kSignificantDigits = 4;
constexpr int kLowestPlainExponent = -4;
constexpr int kFirstScientificExponent = 6;
constexpr std::string_view kMinus = "−";

// Writes a to_chars result: its exponent, if any, in the short form "e−7".
std::string with_true_minus(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-') {
      out += kMinus;
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view without_trailing_zeros(std::string_view digits) {
  if (digits.find('.') == std::string_view::npos) return digits;
  while (digits.back() == '0') digits.remove_suffix(1);
  if (digits.back() == '.') digits.remove_suffix(1);
  return digits;
}

}  // namespace

std::string format_number(double value) {
  if (value != value) return "NaN";
  if (value == 0.0) return "0";
  if (value - value != 0.0) return value > 0.0 ? "∞" : std::string(kMinus) + "∞";
  std::array<char, 32> buffer{};
  auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific,
                           kSignificantDigits - 1)
                 .ptr;
  const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = scientific.find('e');
  int exponent = 0;
  const bool negative_exponent = scientific[e + 1] == '-';
  std::from_chars(scientific.data() + e + 2, scientific.data() + scientific.size(), exponent);
  if (negative_exponent) exponent = -exponent;
  if (exponent < kLowestPlainExponent || exponent >= kFirstScientificExponent) {
    return with_true_minus(without_trailing_zeros(scientific.substr(0, e))) + "e" +
           with_true_minus(std::to_string(exponent));
  }
  const int decimals = std::max(kSignificantDigits - 1 - exponent, 0);
  std::array<char, 32> plain{};
  // Four digits of a large integer are rounded there: 123456 reads 123500, never with invented precision.
  double shown = value;
  if (exponent >= kSignificantDigits) {
    double unit = 1.0;
    for (int i = kSignificantDigits - 1; i < exponent; ++i) unit *= 10.0;
    const double count = std::floor((value < 0.0 ? -value : value) / unit + 0.5);
    shown = value < 0.0 ? -count * unit : count * unit;
  }
  end = std::to_chars(plain.data(), plain.data() + plain.size(), shown, std::chars_format::fixed, decimals).ptr;
  return with_true_minus(
      without_trailing_zeros(std::string_view(plain.data(), static_cast<std::size_t>(end - plain.data()))));
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
