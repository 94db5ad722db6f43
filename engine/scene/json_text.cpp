#include "json_text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "../decimal.h"
#include "../format.h"

namespace backstep {
namespace {

// Readers of JSON that know whole numbers take "-0" for the integer 0, which has no sign.
std::string with_sign_of_zero(std::string text) {
  if (text.size() == 2 && text[0] == '-' && text[1] == '0') text += ".0";
  return text;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (code < 0x20 || code == 0x7f) {
      out += "\\u00";
      out += "0123456789abcdef"[code >> 4U];
      out += "0123456789abcdef"[code & 0xfU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string json_number(double value) { return with_sign_of_zero(shortest_decimal(value)); }

std::string json_number(float value) {
  // Rounded to double and then to float, the shortest decimal of a float is now and then its neighbour (7.038531e-26):
  // then the digits of the equal double are written, which lose nothing on the way.
  std::string text = format_exact(value);
  float back = 0.0F;
  if (narrow_to_float(std::strtod(text.c_str(), nullptr), back) &&
      std::bit_cast<std::uint32_t>(back) == std::bit_cast<std::uint32_t>(value)) {
    return with_sign_of_zero(std::move(text));
  }
  return json_number(static_cast<double>(value));
}

bool narrow_to_float(double value, float& out) {
  constexpr double kRoundsToInfinity = 0x1.ffffffp127;  // half a unit above the largest float
  if (!(std::abs(value) < kRoundsToInfinity)) return false;
  out = static_cast<float>(value);
  return true;
}

std::string json_path_member(std::string_view path, std::string_view key) {
  std::string out(path);
  const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), is_word);
  if (!plain) return out + '[' + json_string(json_excerpt(key)) + ']';
  if (!out.empty()) out += '.';
  return out + json_excerpt(key);
}

std::string json_path_item(std::string_view path, std::int64_t index) {
  return std::string(path) + '[' + std::to_string(index) + ']';
}

std::string json_excerpt(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace backstep
