#include "json_events.h"

namespace backstep {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, unsigned code) {
  const auto byte = [&out](unsigned value) { out += static_cast<char>(value); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xc0 | code >> 6U);
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12U);
    byte(0x80 | (code >> 6U & 0x3f));
  } else {
    byte(0xf0 | code >> 18U);
    byte(0x80 | (code >> 12U & 0x3f));
    byte(0x80 | (code >> 6U & 0x3f));
  }
  byte(0x80 | (code & 0x3f));
}

}  // namespace

bool JsonReader::fail(std::string_view due) {
  if (!fault_.empty()) return false;
  const auto byte = static_cast<unsigned char>(now());
  if (at_end()) {
    fault_ = "the end of input";
  } else if (byte == 0) {
    fault_ = "a zero byte";
  } else if (byte > 0x20 && byte < 0x7f) {
    fault_ = std::string("\"") + now() + "\"";
  } else {
    fault_ = std::string("the byte 0x") + "0123456789abcdef"[byte >> 4U] + "0123456789abcdef"[byte & 15U];
  }
  fault_ += " where " + std::string(due) + " is due";
  return false;
}

void JsonReader::skip_blanks() {
  while (now() == ' ' || now() == '\t' || now() == '\n' || now() == '\r') ++at_;
}

bool JsonReader::take(char c, std::string_view due) {
  if (at_end() || now() != c) return fail(due);
  ++at_;
  return true;
}

bool JsonReader::read() {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  bool ok = true;
  for (due_ = Due::value; ok && due_ != Due::nothing;) {
    skip_blanks();
    switch (due_) {
      case Due::value: ok = read_value(); break;
      case Due::first: ok = now() == open_.back() ? close() : read_next(); break;
      case Due::after: ok = read_after_value(); break;
      case Due::nothing: break;
    }
  }
  return ok;
}

// A value; of an object or array only its beginning.
bool JsonReader::read_value() {
  due_ = Due::after;
  switch (now()) {
    case '{': return open('}') && events_.start_object();
    case '[': return open(']') && events_.start_array();
    case '"': return read_string() && events_.string(string_);
    case 't': return read_word("true") && events_.boolean(true);
    case 'f': return read_word("false") && events_.boolean(false);
    case 'n': return read_word("null") && events_.null();
    default: return read_number();
  }
}

bool JsonReader::open(char closing) {
  ++at_;
  open_ += closing;
  due_ = Due::first;
  return true;
}

bool JsonReader::close() {
  const bool object = open_.back() == '}';
  ++at_;
  open_.pop_back();
  due_ = Due::after;
  return object ? events_.end_object() : events_.end_array();
}

// An item of an array is a value, a member of an object a key and then one.
bool JsonReader::read_next() {
  due_ = Due::value;
  if (open_.back() == ']') return true;
  if (now() != '"') return fail("a key in double quotes");
  if (!read_string() || !events_.key(string_)) return false;
  skip_blanks();
  return take(':', "a colon");
}

bool JsonReader::read_after_value() {
  if (open_.empty()) {
    due_ = Due::nothing;
    return at_end() || fail("the end");
  }
  if (now() == open_.back()) return close();
  if (!take(',', open_.back() == '}' ? "a comma or }" : "a comma or ]")) return false;
  skip_blanks();
  return read_next();
}

bool JsonReader::read_word(std::string_view word) {
  for (const char c : word) {
    if (!take(c, word)) return false;
  }
  return true;
}

bool JsonReader::read_digits() {
  if (!is_digit(now())) return fail("a digit");
  while (is_digit(now())) ++at_;
  return true;
}

bool JsonReader::read_number() {
  const std::size_t first = at_;
  if (now() != '-' && !is_digit(now())) return fail("a value");
  if (now() == '-') ++at_;
  if (now() == '0') {
    ++at_;  // a number has no zeros before it
  } else if (!read_digits()) {
    return false;
  }
  bool whole = true;
  if (now() == '.') {
    whole = false;
    ++at_;
    if (!read_digits()) return false;
  }
  if (now() == 'e' || now() == 'E') {
    whole = false;
    ++at_;
    if (now() == '+' || now() == '-') ++at_;
    if (!read_digits()) return false;
  }
  return events_.number(text_.substr(first, at_ - first), whole);
}

bool JsonReader::read_string() {
  ++at_;
  string_.clear();
  while (at_end() || now() != '"') {
    if (at_end() || static_cast<unsigned char>(now()) < 0x20) return fail("a character of a text");
    if (now() == '\\' ? !read_escape() : !read_character()) return false;
  }
  ++at_;
  return true;
}

bool JsonReader::read_hex(unsigned* out) {
  *out = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = now();
    const bool upper = c >= 'A' && c <= 'F', lower = c >= 'a' && c <= 'f';
    if (!is_digit(c) && !upper && !lower) return fail("a hexadecimal digit");
    *out = *out * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : upper ? c - 'A' + 10 : c - 'a' + 10);
  }
  return true;
}

bool JsonReader::read_escape() {
  constexpr std::string_view kNames = "\"\\/bfnrt", kValues = "\"\\/\b\f\n\r\t";
  ++at_;
  if (const std::size_t known = kNames.find(now()); !at_end() && known != std::string_view::npos) {
    ++at_;
    string_ += kValues[known];
    return true;
  }
  unsigned code = 0;
  if (!take('u', "an escape") || !read_hex(&code)) return false;
  if (code >= 0xdc00 && code < 0xe000) return fail("no lone half of a surrogate pair");
  if (code >= 0xd800 && code < 0xdc00) {
    unsigned low = 0;
    constexpr std::string_view kDue = "the second half of a surrogate pair";
    if (!take('\\', kDue) || !take('u', kDue) || !read_hex(&low)) return false;
    if (low < 0xdc00 || low >= 0xe000) return fail(kDue);
    code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
  }
  append_utf8(string_, code);
  return true;
}

// One character as it stands, which has to be UTF-8: neither overlong nor half of a pair nor beyond Unicode.
bool JsonReader::read_character() {
  constexpr std::string_view kDue = "UTF-8";
  const auto first = static_cast<unsigned char>(now());
  const int more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : (first & 0xf0U) == 0xe0 ? 2 : 3;
  if (more == 3 && (first < 0xf0 || first > 0xf4)) return fail(kDue);
  const std::size_t begin = at_++;
  for (int i = 0; i < more; ++i, ++at_) {
    const auto byte = static_cast<unsigned char>(now());
    const unsigned low = i > 0 ? 0x80U : first == 0xe0 ? 0xa0U : first == 0xf0 ? 0x90U : 0x80U;
    const unsigned high = i > 0 ? 0xbfU : first == 0xed ? 0x9fU : first == 0xf4 ? 0x8fU : 0xbfU;
    if (byte < low || byte > high) return fail(kDue);
  }
  string_ += text_.substr(begin, at_ - begin);
  return true;
}

}  // namespace backstep
