// Reads a JSON text (RFC 8259, UTF-8, nothing more lenient) front to back and tells what it meets. Never throws, never
// recurses; what a document may hold is its listener's business.
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// Each answers whether to go on.
class JsonEvents {
 public:
  virtual bool null() = 0;
  virtual bool boolean(bool value) = 0;
  // As it stands in the text; `whole`: digits alone, maybe behind a minus.
  virtual bool number(std::string_view text, bool whole) = 0;
  virtual bool string(std::string& value) = 0;
  virtual bool key(std::string& name) = 0;
  virtual bool start_object() = 0;
  virtual bool end_object() = 0;
  virtual bool start_array() = 0;
  virtual bool end_array() = 0;

 protected:
  ~JsonEvents() = default;
};

class JsonReader {
 public:
  JsonReader(std::string_view text, JsonEvents& events) : text_(text), events_(events) {}

  // False where the text is no JSON, then fault() says what was found, or where the listener had enough.
  bool read();
  // The byte that is looked at; after a fault the one that does not fit.
  std::size_t position() const { return at_; }
  const std::string& fault() const { return fault_; }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char now() const { return at_end() ? '\0' : text_[at_]; }
  void skip_blanks();
  bool fail(std::string_view due);
  bool take(char c, std::string_view due);
  bool read_value();
  bool read_next();
  bool read_after_value();
  bool open(char closing);
  bool close();
  bool read_word(std::string_view word);
  bool read_number();
  bool read_digits();
  bool read_string();
  bool read_escape();
  bool read_hex(unsigned* out);
  bool read_character();

  std::string_view text_;
  JsonEvents& events_;
  std::size_t at_ = 0;
  enum class Due : unsigned char { value, first, after, nothing };
  Due due_ = Due::value;
  std::string open_;    // how the brackets that are open will close
  std::string string_;  // the last one read
  std::string fault_;
};

}  // namespace backstep
