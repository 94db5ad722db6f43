#include "engine/json_events.h"

#include <doctest/doctest.h>

using namespace backstep;

namespace {

// Writes down what it hears.
class Notes final : public JsonEvents {
 public:
  bool null() override { return note("null"); }
  bool boolean(bool value) override { return note(value ? "true" : "false"); }
  bool number(std::string_view digits, bool whole) override {
    return note(std::string(whole ? "#" : "~") + std::string(digits));
  }
  bool string(std::string& value) override { return note("'" + value + "'"); }
  bool key(std::string& name) override { return note(name + ":"); }
  bool start_object() override { return note("{"); }
  bool end_object() override { return note("}"); }
  bool start_array() override { return note("["); }
  bool end_array() override { return note("]"); }

  std::string text;
  std::string enough;  // after this event no more is wanted

 private:
  bool note(const std::string& event) {
    text += (text.empty() ? "" : " ") + event;
    return enough.empty() || event != enough;
  }
};

std::string events_of(std::string_view json) {
  Notes notes;
  JsonReader reader(json, notes);
  if (reader.read()) return notes.text;
  return std::to_string(reader.position()) + ": " + reader.fault();
}

}  // namespace

TEST_CASE("json: every kind of value is told in order") {
  CHECK(events_of(" {\"a\" : [1, -2.5e+3, true, false, null, \"x\"], \"b\":{}, \"c\":[]}\n") ==
        "{ a: [ #1 ~-2.5e+3 true false null 'x' ] b: { } c: [ ] }");
  CHECK(events_of("[[],[[]],{}]") == "[ [ ] [ [ ] ] { } ]");
  CHECK(events_of("-0") == "#-0");
  CHECK(events_of("0.10E5") == "~0.10E5");
  CHECK(events_of("\xef\xbb\xbf[]") == "[ ]");
}

TEST_CASE("json: texts are unescaped to UTF-8") {
  CHECK(events_of(R"("\"\\\/\b\f\n\r\t")") == "'\"\\/\b\f\n\r\t'");
  CHECK(events_of(R"("\u0041\u00e9\u2202\ud83d\ude00")") == "'A\xc3\xa9\xe2\x88\x82\xf0\x9f\x98\x80'");
  CHECK(events_of("\"\xc3\xa9\xe2\x88\x82\xf0\x9f\x98\x80\x7f\"") == "'\xc3\xa9\xe2\x88\x82\xf0\x9f\x98\x80\x7f'");
}

TEST_CASE("json: what does not fit is named with the byte at which it does not") {
  const std::pair<const char*, const char*> faults[] = {
      {"", "0: the end of input where a value is due"},
      {"  ", "2: the end of input where a value is due"},
      {"{", "1: the end of input where a key in double quotes is due"},
      {"[", "1: the end of input where a value is due"},
      {"[1", "2: the end of input where a comma or ] is due"},
      {"{\"a\"", "4: the end of input where a colon is due"},
      {"{\"a\":1,}", "7: \"}\" where a key in double quotes is due"},
      {"[1,]", "3: \"]\" where a value is due"},
      {"[1}", "2: \"}\" where a comma or ] is due"},
      {"]", "0: \"]\" where a value is due"},
      {"1 2", "2: \"2\" where the end is due"},
      {"01", "1: \"1\" where the end is due"},
      {"-", "1: the end of input where a digit is due"},
      {"+1", "0: \"+\" where a value is due"},
      {"1.", "2: the end of input where a digit is due"},
      {".5", "0: \".\" where a value is due"},
      {"1e", "2: the end of input where a digit is due"},
      {"0x10", "1: \"x\" where the end is due"},
      {"tru", "3: the end of input where true is due"},
      {"nulL", "3: \"L\" where null is due"},
      {"NaN", "0: \"N\" where a value is due"},
      {"'a'", "0: \"'\" where a value is due"},
      {"\"a", "2: the end of input where a character of a text is due"},
      {"\"a\n\"", "2: the byte 0x0a where a character of a text is due"},
      {"\"\\x\"", "2: \"x\" where an escape is due"},
      {"\"\\u12g4\"", "5: \"g\" where a hexadecimal digit is due"},
      {"\"\\ud800\"", "7: \"\"\" where the second half of a surrogate pair is due"},
      {"\"\\ud800\\u0041\"", "13: \"\"\" where the second half of a surrogate pair is due"},
      {"/* */ 1", "0: \"/\" where a value is due"},
  };
  for (const auto& [json, fault] : faults) {
    CAPTURE(std::string(json));
    CHECK(events_of(json) == fault);
  }
  CHECK(events_of(std::string_view("{}\0x", 4)) == "2: a zero byte where the end is due");
  CHECK(events_of("\"\\udc00\"").find("surrogate") != std::string::npos);
}

TEST_CASE("json: bytes that are no UTF-8 are refused: lone, overlong, cut off, surrogates, beyond Unicode") {
  for (const char* bytes : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
                            "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3",
                            "\xe2\x88", "\xf0\x9f\x98", "\xc3\x28"}) {
    CHECK(events_of("\"" + std::string(bytes) + "\"").find("UTF-8") != std::string::npos);
  }
}

TEST_CASE("json: a listener that has enough ends the reading without a fault, at any depth") {
  Notes notes;
  notes.enough = "#2";
  JsonReader reader("[1,[2,3]]", notes);
  CHECK_FALSE(reader.read());
  CHECK(reader.fault().empty());
  CHECK(notes.text == "[ #1 [ #2");
  const std::string deep(1000000, '[');
  Notes all;
  JsonReader deep_reader(deep, all);
  CHECK_FALSE(deep_reader.read());
  CHECK(deep_reader.position() == deep.size());
}
