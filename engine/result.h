// What a fallible call of the engine gives back: a value, or an error that says what was expected and where.
// The engine throws nothing across its API, so every input that a user can type ends in one of these.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace backstep {

struct Error {
  std::string code;     // stable, dotted, for machines: "scene.type", "safetensors.overlap"
  std::string where;    // path in the document or byte offset: "layers[2].kernel"; empty when there is none
  std::string message;  // one sentence for people: what was expected and what was found

  // "layers[2].kernel: expected …", the one-line form of every command and message box.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

struct Nothing {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<Nothing>;

}  // namespace backstep
