// The visitors that read and write the attributes which layers, losses and optimizers declare (layers/attributes.h).
// A new layer type needs nothing here unless it brings a new type of attribute.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "../layers/attributes.h"
#include "../layers/geometry.h"
#include "../loss.h"
#include "json_reader.h"

namespace backstep {

class AttributeReader {
 public:
  explicit AttributeReader(ObjectReader& object) : object_(object) {}

  void operator()(const char* name, std::int64_t& value, const IntBounds& bounds);
  void operator()(const char* name, Pair& value, const IntBounds& bounds);  // 3 or [3,2]
  // 1, [1,2] (rows, columns) or [top,left,bottom,right]
  void operator()(const char* name, Padding& value, const IntBounds& bounds);
  // the same, or "valid", "same", "full"
  void operator()(const char* name, Padding& value, PaddingRule& rule, const IntBounds& bounds);
  void operator()(const char* name, bool& value);
  void operator()(const char* name, double& value, const RealBounds& bounds);
  void operator()(const char* name, Reduction& value);
  void operator()(const char* name, std::vector<float>& value, const RealBounds& bounds);

 private:
  std::optional<JsonView> find(const char* name, bool required, const std::string& expected);
  ObjectReader& object_;
};

class AttributeWriter {
 public:
  struct Attribute {
    std::string name, text;
    bool required;
  };

  void operator()(const char* name, std::int64_t value, const IntBounds& bounds);
  void operator()(const char* name, const Pair& value, const IntBounds& bounds);
  void operator()(const char* name, const Padding& value, const IntBounds& bounds);
  void operator()(const char* name, const Padding& value, PaddingRule rule, const IntBounds& bounds);
  void operator()(const char* name, bool value);
  void operator()(const char* name, double value, const RealBounds& bounds);
  void operator()(const char* name, Reduction value);
  void operator()(const char* name, const std::vector<float>& value, const RealBounds& bounds);

  std::vector<Attribute> attributes;

 private:
  void add(const char* name, std::string text, bool required = false);
};

namespace detail {

template <class Op>
std::vector<AttributeWriter::Attribute> attributes_of(const Op& op) {
  AttributeWriter writer;
  Op::attributes(op, writer);
  return std::move(writer.attributes);
}

template <class Op, class Variant>
void read_if_named(std::string_view name, ObjectReader& object, Variant& out, std::string& names, bool& found) {
  names += (names.empty() ? "" : ", ") + std::string(Op::kOp);
  if (found || name != Op::kOp) return;
  found = true;
  Op op;
  AttributeReader reader(object);
  Op::attributes(op, reader);
  out = op;
}

template <class... Ops>
void read_op(std::string_view name, ObjectReader& object, std::variant<Ops...>& out, std::string& names, bool& found) {
  (read_if_named<Ops>(name, object, out, names, found), ...);
}

}  // namespace detail

// {"op":"conv2d","out":1,…} into one of the variant's types; the object's other keys stay to be asked for. True when
// the type is known.
template <class Variant>
bool read_op(ObjectReader& object, Variant& out) {
  std::string names, name;
  bool found = false;
  const auto op = object.require("op", "the name of an operation");
  if (!op) return false;
  if (op->kind() == JsonKind::text) name = op->text();
  detail::read_op(name, object, out, names, found);
  if (found) return true;
  if (op->kind() == JsonKind::text) {
    object.failure().range(object.path("op"), "one of " + names, *op);
  } else {
    object.failure().type(object.path("op"), "one of " + names, *op);
  }
  return false;
}

// `"op":"conv2d","out":1,…` without braces; attributes at their default are left out unless they are required.
template <class Variant>
std::string write_op(const Variant& variant) {
  return std::visit(
      []<class Op>(const Op& op) {
        std::string out = "\"op\":" + json_string(Op::kOp);
        const auto own = detail::attributes_of(op);
        const auto usual = detail::attributes_of(Op{});
        for (std::size_t i = 0; i < own.size(); ++i) {
          if (!own[i].required && own[i].text == usual[i].text) continue;
          out += ",\"" + own[i].name + "\":" + own[i].text;
        }
        return out;
      },
      variant);
}

}  // namespace backstep
