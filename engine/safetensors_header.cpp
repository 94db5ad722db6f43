#include "safetensors_header.h"

// The header is read through SAX events alone; no stream and no exception of the library is wanted.
#define JSON_NOEXCEPTION
#define JSON_NO_IO
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

namespace backstep {
namespace {

// An input iterator that tells how far it got: the SAX interface gives no positions.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  CountingIterator(const std::uint8_t* at, std::size_t* count) : at_(at), count_(count) {}
  char operator*() const { return static_cast<char>(*at_); }
  CountingIterator& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const std::uint8_t* at_;
  std::size_t* count_;
};

// Receives the parser's events; every function returns false to stop at the first error.
class Reader {
 public:
  Reader(std::size_t start, const std::size_t* count) : start_(start), count_(count) {}

  SafetensorsHeader header;
  std::optional<Error> error;

  bool null() { return misplaced("null"); }
  bool boolean(bool) { return misplaced("true or false"); }
  bool binary(std::vector<std::uint8_t>&) { return misplaced("binary data"); }
  bool number_integer(std::int64_t value) { return number(std::to_string(value), std::nullopt); }
  bool number_unsigned(std::uint64_t value) { return number(std::to_string(value), value); }
  bool number_float(double, const std::string& text) { return number(text, std::nullopt); }

  bool string(std::string& value) {
    if (at_ == At::metadata) {
      header.metadata.emplace(key_, std::move(value));
      return true;
    }
    if (at_ != At::entry || field_ != kDtype) return misplaced("a string");
    if (value != "F32" && value != "I32") return refuse("dtype", quoted() + "dtype must be F32 or I32, found " + value);
    entry_.type = value == "F32" ? ElementType::f32 : ElementType::i32;
    return true;
  }

  bool start_object(std::size_t) {
    if (at_ == At::start) {
      at_ = At::top;
    } else if (at_ == At::top && key_ == "__metadata__") {
      at_ = At::metadata;
    } else if (at_ == At::top) {
      at_ = At::entry;
      entry_ = {};
      entry_.name = key_;
      entry_.position = position();
      seen_ = 0;
    } else {
      return misplaced("an object");
    }
    return true;
  }

  bool end_object() {
    if (at_ == At::entry && !finish_entry()) return false;
    at_ = at_ == At::top ? At::start : At::top;
    return true;
  }

  bool start_array(std::size_t) {
    if (at_ != At::entry || field_ == kDtype) return misplaced("an array");
    at_ = field_ == kShape ? At::shape : At::offsets;
    numbers_.clear();
    return true;
  }

  bool end_array() {
    if (at_ == At::shape) {
      entry_.shape = Shape(std::span<const std::int64_t>(numbers_));
    } else {
      if (numbers_.size() != 2 || numbers_[0] > numbers_[1]) {
        return refuse("offsets", quoted() + "data_offsets must be two numbers [begin, end] with begin <= end");
      }
      entry_.begin = numbers_[0];
      entry_.end = numbers_[1];
    }
    at_ = At::entry;
    return true;
  }

  bool key(std::string& name) {
    if (at_ == At::entry) return field(name);
    if (at_ == At::metadata ? header.metadata.contains(name) : !names_.insert(name).second) {
      return refuse("duplicate", "the key \"" + name + "\" appears twice");
    }
    key_ = std::move(name);
    return true;
  }

  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    return refuse("json", "the header is not valid JSON");
  }

 private:
  enum class At { start, top, metadata, entry, shape, offsets };
  enum Field : unsigned { kDtype = 1, kShape = 2, kOffsets = 4 };

  // Of the byte last read.
  std::size_t position() const { return start_ + (*count_ > 0 ? *count_ - 1 : 0); }
  std::string quoted() const { return "tensor \"" + entry_.name + "\": "; }

  bool refuse(std::string_view code, std::string message) {
    if (!error) error = file_error("safetensors." + std::string(code), position(), std::move(message));
    return false;
  }

  bool misplaced(const std::string& what) {
    switch (at_) {
      case At::start: return refuse("json", "the header must be one JSON object, found " + what);
      case At::metadata:
        return refuse("metadata", "the value of \"" + key_ + "\" in __metadata__ must be a string, found " + what);
      case At::top: return refuse("entry", "the value of \"" + key_ + "\" must be an object, found " + what);
      case At::shape: return refuse("shape", quoted() + "extents must be integers from 0, found " + what);
      case At::offsets: return refuse("offsets", quoted() + "offsets must be integers from 0, found " + what);
      case At::entry: break;
    }
    if (field_ == kDtype) return refuse("dtype", quoted() + "dtype must be a string, found " + what);
    if (field_ == kShape) return refuse("shape", quoted() + "shape must be an array of integers, found " + what);
    return refuse("offsets", quoted() + "data_offsets must be an array of two integers, found " + what);
  }

  bool number(const std::string& text, std::optional<std::uint64_t> value) {
    if (at_ != At::shape && at_ != At::offsets) return misplaced(text);
    if (!value) return misplaced(text);
    if (*value > static_cast<std::uint64_t>(INT64_MAX)) {
      return refuse(at_ == At::shape ? "overflow" : "offsets", quoted() + text + " does not fit 63 bits");
    }
    if (at_ == At::shape && numbers_.size() == static_cast<std::size_t>(kMaxRank)) {
      return refuse("rank", quoted() + "at most " + std::to_string(kMaxRank) + " dimensions");
    }
    if (at_ == At::offsets && numbers_.size() == 2) {
      return refuse("offsets", quoted() + "data_offsets must be two numbers, found more");
    }
    numbers_.push_back(static_cast<std::int64_t>(*value));
    return true;
  }

  bool field(const std::string& name) {
    field_ = name == "dtype" ? kDtype : name == "shape" ? kShape : kOffsets;
    if (field_ == kOffsets && name != "data_offsets") {
      return refuse("entry", quoted() + "unknown field \"" + name + "\"; known are dtype, shape, data_offsets");
    }
    if (seen_ & field_) return refuse("duplicate", quoted() + "the key \"" + name + "\" appears twice");
    seen_ |= field_;
    return true;
  }

  bool finish_entry() {
    if (seen_ != (kDtype | kShape | kOffsets)) {
      return refuse("entry", quoted() + "dtype, shape and data_offsets must all be present");
    }
    const std::optional<std::int64_t> bytes = stored_bytes(entry_.shape);
    if (!bytes) {
      return refuse("overflow", quoted() + "the shape " + entry_.shape.text() + " has more bytes than 63 bits count");
    }
    if (*bytes != entry_.end - entry_.begin) {
      return refuse("length", quoted() + "the shape " + entry_.shape.text() + " takes " + std::to_string(*bytes) +
                                  " bytes, but data_offsets span " + std::to_string(entry_.end - entry_.begin));
    }
    header.entries.push_back(std::move(entry_));
    return true;
  }

  std::size_t start_;
  const std::size_t* count_;
  At at_ = At::start;
  Field field_ = kDtype;
  unsigned seen_ = 0;
  std::string key_;
  SafetensorsEntry entry_;
  std::vector<std::int64_t> numbers_;
  std::unordered_set<std::string> names_;
};

}  // namespace

Result<SafetensorsHeader> read_safetensors_header(Bytes json, std::size_t start) {
  // The parser takes a zero byte for the end of its input.
  const auto zero = std::find(json.begin(), json.end(), std::uint8_t{0});
  if (zero != json.end()) {
    return file_error("safetensors.json", start + static_cast<std::size_t>(zero - json.begin()),
                      "the header is not valid JSON: it has a zero byte");
  }
  std::size_t count = 0;
  Reader reader(start, &count);
  const std::uint8_t* first = json.data();
  nlohmann::json::sax_parse(CountingIterator(first, &count), CountingIterator(first + json.size(), &count), &reader);
  if (reader.error) return *reader.error;
  return std::move(reader.header);
}

}  // namespace backstep
