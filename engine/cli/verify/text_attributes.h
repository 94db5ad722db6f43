// Attributes as the reference vectors write them: texts by name, pairs "h,w", booleans "0" or "1", numbers as doubles.
// One visitor sets any layer, loss or optimizer from them, so an operation needs no code here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "../../layers/attributes.h"
#include "../../layers/geometry.h"
#include "../../loss.h"
#include "../../result.h"

namespace backstep::verify {

using TextAttributes = std::map<std::string, std::string, std::less<>>;

// The whole text as a number, by strtod; denormals are read as what they are.
std::optional<double> parse_real(const std::string& text);
std::optional<std::int64_t> parse_integer(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);  // empty parts left out

// Entries whose names begin with `prefix`, without it.
TextAttributes with_prefix(const TextAttributes& attributes, std::string_view prefix);

// The visitor. A missing attribute leaves the member as it is unless it is required; the first error is kept.
class TextAttributeReader {
 public:
  explicit TextAttributeReader(const TextAttributes& attributes) : attributes_(attributes) {}

  void operator()(const char* name, std::int64_t& value, const IntBounds& bounds);
  void operator()(const char* name, Pair& value, const IntBounds& bounds);
  void operator()(const char* name, Padding& value, const IntBounds& bounds);
  void operator()(const char* name, Padding& value, PaddingRule& rule, const IntBounds& bounds);
  void operator()(const char* name, bool& value);
  void operator()(const char* name, double& value, const RealBounds& bounds);
  void operator()(const char* name, std::vector<float>& value, const RealBounds& bounds);
  void operator()(const char* name, Reduction& value);

  const std::optional<Error>& error() const { return error_; }

 private:
  const std::string* find(const char* name, bool required);
  void refuse(const char* name, const std::string& expected, const std::string& found);
  std::optional<std::int64_t> bounded(const char* name, const std::string& text, const IntBounds& bounds);

  const TextAttributes& attributes_;
  std::optional<Error> error_;
};

// One of the variant's types by its kOp, with these attributes; errors: "verify.op" (none has that name),
// "verify.attribute".
template <class Variant>
Result<Variant> make_op(std::string_view op, const TextAttributes& attributes);

template <class... Ops>
Result<std::variant<Ops...>> make_op_of(std::string_view op, const TextAttributes& attributes,
                                        const std::variant<Ops...>*) {
  std::optional<std::variant<Ops...>> out;
  std::optional<Error> error;
  const auto make_if_named = [&]<class Op>(Op made) {
    if (op != Op::kOp) return;
    TextAttributeReader reader(attributes);
    Op::attributes(made, reader);
    error = reader.error();
    out = std::move(made);
  };
  (make_if_named(Ops{}), ...);
  if (!out) return Error{"verify.op", std::string(op), "unknown op"};
  if (error) return *error;
  return *std::move(out);
}

template <class Variant>
Result<Variant> make_op(std::string_view op, const TextAttributes& attributes) {
  return make_op_of(op, attributes, static_cast<const Variant*>(nullptr));
}

}  // namespace backstep::verify
