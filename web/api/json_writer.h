// Writes one JSON text, value by value. Commas are its business, matching brackets the caller's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backstep::api {

class JsonWriter {
 public:
  JsonWriter& begin(char bracket);  // '{' or '['
  JsonWriter& end(char bracket);    // '}' or ']'
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  // As its shortest exact decimal; what JSON has no numbers for as the texts "NaN", "Infinity" and "-Infinity".
  JsonWriter& real(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  const std::string& str() const { return out_; }

 private:
  void separate();
  void quote(std::string_view value);

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace backstep::api
