#include "json_reader.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

constexpr double kLargestExactInteger = 0x1p53;

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

void read_integer(const JsonView& value, const std::string& where, std::int64_t low, std::int64_t high,
                  std::int64_t& out, Failure& failure) {
  const std::string expected = "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  if (!value.is_number()) return failure.type(where, expected, value);
  std::int64_t number = 0;
  if (value.kind() == JsonKind::integer) {
    number = value.integer();
  } else {
    const double real = value.number();
    if (real != std::floor(real)) return failure.type(where, expected, value);
    if (std::abs(real) > kLargestExactInteger) return failure.range(where, expected, value);
    number = static_cast<std::int64_t>(real);
  }
  if (number < low || number > high) return failure.range(where, expected, value);
  out = number;
}

void read_real(const JsonView& value, const std::string& where, double low, double high, double& out,
               Failure& failure) {
  const std::string expected = "a number from " + json_number(low) + " to " + json_number(high);
  if (!value.is_number()) return failure.type(where, expected, value);
  const double number = value.number();
  if (number < low || number > high) return failure.range(where, expected, value);
  out = number;
}

void read_boolean(const JsonView& value, const std::string& where, bool& out, Failure& failure) {
  if (value.kind() != JsonKind::boolean) return failure.type(where, "true or false", value);
  out = value.boolean();
}

void read_text(const JsonView& value, const std::string& where, std::size_t longest, std::string& out,
               Failure& failure) {
  const std::string expected = "a text of at most " + std::to_string(longest) + " bytes";
  if (value.kind() != JsonKind::text) return failure.type(where, expected, value);
  if (value.text().size() > longest) {
    return failure.set("scene.range", where, "expected " + expected + ", found " + std::to_string(value.text().size()));
  }
  out = value.text();
}

std::optional<std::size_t> choice_of(const JsonView& value, const std::string& where,
                                     std::span<const std::string_view> names, Failure& failure) {
  const std::string expected = "one of " + list_of({names.begin(), names.end()});
  if (value.kind() != JsonKind::text) {
    failure.type(where, expected, value);
    return std::nullopt;
  }
  const auto found = std::find(names.begin(), names.end(), value.text());
  if (found == names.end()) {
    failure.range(where, expected, value);
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - names.begin());
}

ObjectReader::ObjectReader(const JsonView& value, std::string path, Failure& failure)
    : path_(std::move(path)), failure_(failure) {
  if (value.kind() == JsonKind::object) {
    object_ = value;
  } else {
    failure_.type(path_, "an object", value);
  }
}

std::optional<JsonView> ObjectReader::find(std::string_view key) {
  known_.emplace_back(key);
  if (!object_) return std::nullopt;
  JsonView member = object_->first();
  for (std::size_t i = 0; i < object_->size(); ++i) {
    const JsonView value = member.next();
    if (member.text() == key) return value;
    member = value.next();
  }
  return std::nullopt;
}

std::optional<JsonView> ObjectReader::require(std::string_view key, const std::string& expected) {
  const auto value = find(key);
  if (!value) failure_.set("scene.missing", path(key), "expected " + expected + ", found nothing");
  return value;
}

void ObjectReader::close() {
  if (!object_) return;
  JsonView member = object_->first();
  for (std::size_t i = 0; i < object_->size(); ++i) {
    if (std::find(known_.begin(), known_.end(), member.text()) == known_.end()) {
      failure_.set("scene.unknown_key", path(member.text()), "expected one of the keys " + list_of(known_));
      return;
    }
    member = member.next().next();
  }
}

}  // namespace backstep
