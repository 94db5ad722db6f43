// Reading typed values out of a JSON tree. The first failure is kept and everything after it does nothing, so a reader
// is a straight list of keys; whoever started it looks once, at the end.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json_text.h"
#include "json_tree.h"

namespace backstep {

class Failure {
 public:
  explicit operator bool() const { return error_.has_value(); }
  const Error& error() const { return *error_; }
  void set(std::string code, std::string where, std::string message) {
    if (!error_) error_ = Error{std::move(code), std::move(where), std::move(message)};
  }
  // "expected …, found …" in the two cases that every reader has.
  void type(const std::string& where, const std::string& expected, const JsonView& found) {
    set("scene.type", where, "expected " + expected + ", found " + found.describe());
  }
  void range(const std::string& where, const std::string& expected, const JsonView& found) {
    set("scene.range", where, "expected " + expected + ", found " + found.describe());
  }

 private:
  std::optional<Error> error_;
};

// Single values; on failure the output stays as it was.
void read_integer(const JsonView& value, const std::string& where, std::int64_t low, std::int64_t high,
                  std::int64_t& out, Failure& failure);
void read_real(const JsonView& value, const std::string& where, double low, double high, double& out, Failure& failure);
void read_boolean(const JsonView& value, const std::string& where, bool& out, Failure& failure);
void read_text(const JsonView& value, const std::string& where, std::size_t longest, std::string& out,
               Failure& failure);
// The index of one of `names`; nothing on failure.
std::optional<std::size_t> choice_of(const JsonView& value, const std::string& where,
                                     std::span<const std::string_view> names, Failure& failure);
// An enumerator by its name; the names stand in the order of the enumeration.
template <class Enum>
void read_choice(const JsonView& value, const std::string& where, std::span<const std::string_view> names, Enum& out,
                 Failure& failure) {
  if (const auto index = choice_of(value, where, names, failure)) out = static_cast<Enum>(*index);
}

// An object whose keys are all known: ask for each by find(), then close().
class ObjectReader {
 public:
  ObjectReader(const JsonView& value, std::string path, Failure& failure);

  Failure& failure() { return failure_; }
  std::string path(std::string_view key) const { return json_path_member(path_, key); }

  std::optional<JsonView> find(std::string_view key);
  // As find(), but its absence is a failure that says what was expected.
  std::optional<JsonView> require(std::string_view key, const std::string& expected);
  // Fails for each key that nobody asked for.
  void close();

 private:
  std::optional<JsonView> object_;  // nothing when the value is none
  std::string path_;
  Failure& failure_;
  std::vector<std::string> known_;
};

}  // namespace backstep
