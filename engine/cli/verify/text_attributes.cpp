#include "text_attributes.h"

#include <charconv>
#include <cstdlib>

namespace backstep::verify {
namespace {

constexpr std::int64_t kLargestExtent = 4096;  // kernel, stride, padding, dilation along an axis

}  // namespace

std::optional<double> parse_real(const std::string& text) {
  if (text.empty() || text.front() == ' ') return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

TextAttributes with_prefix(const TextAttributes& attributes, std::string_view prefix) {
  TextAttributes out;
  for (auto it = attributes.lower_bound(prefix); it != attributes.end() && it->first.starts_with(prefix); ++it) {
    out.emplace(it->first.substr(prefix.size()), it->second);
  }
  return out;
}

const std::string* TextAttributeReader::find(const char* name, bool required) {
  const auto found = attributes_.find(std::string_view(name));
  if (found != attributes_.end()) return &found->second;
  if (required && !error_) error_ = Error{"verify.attribute", name, "missing attribute"};
  return nullptr;
}

void TextAttributeReader::refuse(const char* name, const std::string& expected, const std::string& found) {
  if (!error_) error_ = Error{"verify.attribute", name, "expected " + expected + ", found \"" + found + "\""};
}

std::optional<std::int64_t> TextAttributeReader::bounded(const char* name, const std::string& text,
                                                         const IntBounds& bounds) {
  const auto value = parse_integer(text);
  if (value && *value >= bounds.low && *value <= bounds.high) return value;
  refuse(name, "an integer from " + std::to_string(bounds.low) + " to " + std::to_string(bounds.high), text);
  return std::nullopt;
}

void TextAttributeReader::operator()(const char* name, std::int64_t& value, const IntBounds& bounds) {
  if (const std::string* text = find(name, bounds.required)) value = bounded(name, *text, bounds).value_or(value);
}

void TextAttributeReader::operator()(const char* name, Pair& value, const IntBounds& bounds) {
  const std::string* text = find(name, bounds.required);
  if (!text) return;
  const std::vector<std::string> parts = split(*text, ',');
  if (parts.size() != 2) return refuse(name, "a pair h,w", *text);
  // A scene's windows are small enough to look at; those of a case need not be.
  const IntBounds wide{bounds.low, kLargestExtent};
  value.h = bounded(name, parts[0], wide).value_or(value.h);
  value.w = bounded(name, parts[1], wide).value_or(value.w);
}

void TextAttributeReader::operator()(const char* name, Padding& value, const IntBounds& bounds) {
  Pair pair{value.top, value.left};
  (*this)(name, pair, bounds);
  value = {pair.h, pair.w, pair.h, pair.w};
}

void TextAttributeReader::operator()(const char* name, Padding& value, PaddingRule&, const IntBounds& bounds) {
  (*this)(name, value, bounds);
}

void TextAttributeReader::operator()(const char* name, bool& value) {
  const std::string* text = find(name, false);
  if (!text) return;
  if (*text != "0" && *text != "1") return refuse(name, "0 or 1", *text);
  value = *text == "1";
}

// No bounds: a formula holds for every real number, and the expected values say what it must give.
void TextAttributeReader::operator()(const char* name, double& value, const RealBounds& bounds) {
  const std::string* text = find(name, bounds.required);
  if (!text) return;
  const auto real = parse_real(*text);
  if (!real || *real - *real != 0.0) return refuse(name, "a finite number", *text);
  value = *real;
}

void TextAttributeReader::operator()(const char* name, std::vector<float>& value, const RealBounds& bounds) {
  const std::string* text = find(name, bounds.required);
  if (!text) return;
  value.clear();
  for (const std::string& part : split(*text, ',')) {
    const auto real = parse_real(part);
    if (!real) return refuse(name, "numbers separated by commas", *text);
    value.push_back(static_cast<float>(*real));
  }
}

void TextAttributeReader::operator()(const char* name, Reduction& value) {
  const std::string* text = find(name, false);
  if (!text) return;
  if (*text != "mean" && *text != "sum") return refuse(name, "mean or sum", *text);
  value = *text == "sum" ? Reduction::sum : Reduction::mean;
}

}  // namespace backstep::verify
