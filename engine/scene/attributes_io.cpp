#include "attributes_io.h"

#include <array>

namespace backstep {
namespace {

std::string whole_number(const IntBounds& bounds) {
  return "a whole number from " + std::to_string(bounds.low) + " to " + std::to_string(bounds.high);
}

// The first `count` items of an array; false on failure.
bool read_integers(const JsonView& value, const std::string& where, const IntBounds& bounds, std::size_t count,
                   std::int64_t* out, Failure& failure) {
  JsonView item = value.first();
  for (std::size_t i = 0; i < count; ++i) {
    read_integer(item, json_path_item(where, static_cast<std::int64_t>(i)), bounds.low, bounds.high, out[i], failure);
    item = item.next();
  }
  return !failure;
}

std::string pair_text(std::int64_t h, std::int64_t w) {
  return "[" + std::to_string(h) + "," + std::to_string(w) + "]";
}

}  // namespace

std::optional<JsonView> AttributeReader::find(const char* name, bool required, const std::string& expected) {
  return required ? object_.require(name, expected) : object_.find(name);
}

void AttributeReader::operator()(const char* name, std::int64_t& value, const IntBounds& bounds) {
  const auto found = find(name, bounds.required, whole_number(bounds));
  if (found) read_integer(*found, object_.path(name), bounds.low, bounds.high, value, object_.failure());
}

void AttributeReader::operator()(const char* name, Pair& value, const IntBounds& bounds) {
  const std::string expected = whole_number(bounds) + " or a pair of them";
  const auto found = find(name, bounds.required, expected);
  if (!found) return;
  const std::string where = object_.path(name);
  Failure& failure = object_.failure();
  std::int64_t n[2]{};
  if (found->is_number()) {
    read_integer(*found, where, bounds.low, bounds.high, n[0], failure);
    if (!failure) value = {n[0], n[0]};
  } else if (found->kind() == JsonKind::array && found->size() == 2) {
    if (read_integers(*found, where, bounds, 2, n, failure)) value = {n[0], n[1]};
  } else {
    failure.type(where, expected, *found);
  }
}

void AttributeReader::operator()(const char* name, Padding& value, const IntBounds& bounds) {
  const std::string expected = whole_number(bounds) + ", a pair [rows,columns] or [top,left,bottom,right]";
  const auto found = find(name, bounds.required, expected);
  if (!found) return;
  const std::string where = object_.path(name);
  Failure& failure = object_.failure();
  std::int64_t n[4]{};
  if (found->is_number()) {
    read_integer(*found, where, bounds.low, bounds.high, n[0], failure);
    if (!failure) value = {n[0], n[0], n[0], n[0]};
  } else if (found->kind() == JsonKind::array && found->size() == 2) {
    if (read_integers(*found, where, bounds, 2, n, failure)) value = {n[0], n[1], n[0], n[1]};
  } else if (found->kind() == JsonKind::array && found->size() == 4) {
    if (read_integers(*found, where, bounds, 4, n, failure)) value = {n[0], n[1], n[2], n[3]};
  } else {
    failure.type(where, expected, *found);
  }
}

void AttributeReader::operator()(const char* name, Padding& value, PaddingRule& rule, const IntBounds& bounds) {
  const auto found = object_.find(name);
  if (!found || found->kind() != JsonKind::text) return (*this)(name, value, bounds);
  // No name is for the enumeration's first: zeros are given as numbers.
  constexpr std::array<std::string_view, 3> kNames = {"valid", "same", "full"};
  constexpr PaddingRule kRules[] = {PaddingRule::valid, PaddingRule::same, PaddingRule::full};
  const auto index = choice_of(*found, object_.path(name), kNames, object_.failure());
  if (index) rule = kRules[*index];
}

void AttributeReader::operator()(const char* name, bool& value) {
  const auto found = object_.find(name);
  if (found) read_boolean(*found, object_.path(name), value, object_.failure());
}

void AttributeReader::operator()(const char* name, double& value, const RealBounds& bounds) {
  const auto found = find(name, bounds.required, "a number");
  if (found) read_real(*found, object_.path(name), bounds.low, bounds.high, value, object_.failure());
}

void AttributeReader::operator()(const char* name, std::vector<float>& value, const RealBounds& bounds) {
  const auto found = find(name, bounds.required, "an array of numbers");
  if (!found) return;
  const std::string where = object_.path(name);
  if (found->kind() != JsonKind::array) return object_.failure().type(where, "an array of numbers", *found);
  std::vector<float> read(found->size());
  JsonView item = found->first();
  for (std::size_t i = 0; i < read.size() && !object_.failure(); ++i) {
    double wide = 0.0;
    read_real(item, json_path_item(where, static_cast<std::int64_t>(i)), bounds.low, bounds.high, wide,
              object_.failure());
    narrow_to_float(wide, read[i]);
    item = item.next();
  }
  if (!object_.failure()) value = std::move(read);
}

void AttributeReader::operator()(const char* name, Reduction& value) {
  const auto found = object_.find(name);
  if (!found) return;
  constexpr std::array<std::string_view, 2> kNames = {"mean", "sum"};
  read_choice(*found, object_.path(name), kNames, value, object_.failure());
}

void AttributeWriter::add(const char* name, std::string text, bool required) {
  attributes.push_back({name, std::move(text), required});
}

void AttributeWriter::operator()(const char* name, std::int64_t value, const IntBounds& bounds) {
  add(name, std::to_string(value), bounds.required);
}

void AttributeWriter::operator()(const char* name, const Pair& value, const IntBounds& bounds) {
  add(name, pair_text(value.h, value.w), bounds.required);
}

void AttributeWriter::operator()(const char* name, const Padding& value, const IntBounds& bounds) {
  if (value.top == value.bottom && value.left == value.right) {
    add(name, pair_text(value.top, value.left), bounds.required);
    return;
  }
  add(name,
      "[" + std::to_string(value.top) + "," + std::to_string(value.left) + "," + std::to_string(value.bottom) + "," +
          std::to_string(value.right) + "]",
      bounds.required);
}

void AttributeWriter::operator()(const char* name, const Padding& value, PaddingRule rule, const IntBounds& bounds) {
  switch (rule) {
    case PaddingRule::zeros: return (*this)(name, value, bounds);
    case PaddingRule::valid: return add(name, "\"valid\"");
    case PaddingRule::same: return add(name, "\"same\"");
    case PaddingRule::full: return add(name, "\"full\"");
  }
}

void AttributeWriter::operator()(const char* name, bool value) { add(name, value ? "true" : "false"); }

void AttributeWriter::operator()(const char* name, double value, const RealBounds& bounds) {
  add(name, json_number(value), bounds.required);
}

void AttributeWriter::operator()(const char* name, const std::vector<float>& value, const RealBounds& bounds) {
  std::string text = "[";
  for (const float number : value) {
    if (text.size() > 1) text += ',';
    text += json_number(number);
  }
  add(name, text + ']', bounds.required);
}

void AttributeWriter::operator()(const char* name, Reduction value) {
  add(name, value == Reduction::mean ? "\"mean\"" : "\"sum\"");
}

}  // namespace backstep
