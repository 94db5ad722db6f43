#include "safetensors_header.h"

#include <charconv>
#include <optional>
#include <unordered_set>

#include "json_events.h"

namespace backstep {
namespace {

// Receives the parser's events; every function returns false to stop at the first error.
class Reader final : public JsonEvents {
 public:
  explicit Reader(std::size_t start) : start_(start) {}

  SafetensorsHeader header;
  std::optional<Error> error;

  bool null() override { return misplaced("null"); }
  bool boolean(bool) override { return misplaced("true or false"); }

  bool number(std::string_view digits, bool whole) override {
    const std::string text(digits);
    if (at_ != At::shape && at_ != At::offsets) return misplaced(text);
    if (!whole || text.front() == '-') return misplaced(text);
    std::int64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{}) {
      return refuse(at_ == At::shape ? "overflow" : "offsets", quoted() + text + " does not fit 63 bits");
    }
    if (at_ == At::shape && numbers_.size() == static_cast<std::size_t>(kMaxRank)) {
      return refuse("rank", quoted() + "at most " + std::to_string(kMaxRank) + " dimensions");
    }
    if (at_ == At::offsets && numbers_.size() == 2) {
      return refuse("offsets", quoted() + "data_offsets must be two numbers, found more");
    }
    numbers_.push_back(value);
    return true;
  }

  bool string(std::string& value) override {
    if (at_ == At::metadata) {
      header.metadata.emplace(key_, std::move(value));
      return true;
    }
    if (at_ != At::entry || field_ != kDtype) return misplaced("a string");
    if (value != "F32" && value != "I32") return refuse("dtype", quoted() + "dtype must be F32 or I32, found " + value);
    entry_.type = value == "F32" ? ElementType::f32 : ElementType::i32;
    return true;
  }

  bool start_object() override {
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

  bool end_object() override {
    if (at_ == At::entry && !finish_entry()) return false;
    at_ = at_ == At::top ? At::start : At::top;
    return true;
  }

  bool start_array() override {
    if (at_ != At::entry || field_ == kDtype) return misplaced("an array");
    at_ = field_ == kShape ? At::shape : At::offsets;
    numbers_.clear();
    return true;
  }

  bool end_array() override {
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

  bool key(std::string& name) override {
    if (at_ == At::entry) return field(name);
    if (at_ == At::metadata ? header.metadata.contains(name) : !names_.insert(name).second) {
      return refuse("duplicate", "the key \"" + name + "\" appears twice");
    }
    key_ = std::move(name);
    return true;
  }

  Result<SafetensorsHeader> read(std::string_view json) {
    JsonReader reader(json, *this);
    reader_ = &reader;
    if (reader.read()) return std::move(header);
    if (!error) refuse("json", "the header is not valid JSON: it has " + reader.fault());
    return *error;
  }

 private:
  enum class At { start, top, metadata, entry, shape, offsets };
  enum Field : unsigned { kDtype = 1, kShape = 2, kOffsets = 4 };

  // Of the byte that was read last, or that does not fit.
  std::size_t position() const {
    const std::size_t at = reader_->position();
    return start_ + (reader_->fault().empty() && at > 0 ? at - 1 : at);
  }
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
  const JsonReader* reader_ = nullptr;
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
  return Reader(start).read({reinterpret_cast<const char*>(json.data()), json.size()});
}

}  // namespace backstep
