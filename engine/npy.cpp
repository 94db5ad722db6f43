#include "npy.h"

#include <algorithm>
#include <array>
#include <optional>

namespace backstep {
namespace {

constexpr std::array<std::uint8_t, 6> kMagic{0x93, 'N', 'U', 'M', 'P', 'Y'};
constexpr std::size_t kPrefix = kMagic.size() + 2;
constexpr std::size_t kMaxHeader = 10000;  // NumPy's own limit
constexpr std::size_t kAlignment = 64;

struct Header {
  ElementType type = ElementType::f32;
  Shape shape;
};

// The dictionary's text, read from left to right. Functions return false after the first error.
class DictionaryReader {
 public:
  DictionaryReader(std::string_view text, std::size_t start) : text_(text), start_(start) {}

  Header header;
  std::optional<Error> error;

  bool read() {
    if (!expect('{')) return false;
    while (!skip('}')) {
      if (!entry()) return false;
      if (!skip(',') && peek() != '}') return refuse("header", "expected ',' or '}' in the header's dictionary");
    }
    spaces();
    if (at_ != text_.size()) return refuse("header", "expected nothing after the header's dictionary");
    if (seen_ != (kDescr | kOrder | kShape)) {
      return refuse("header", "the header must have descr, fortran_order and shape");
    }
    return true;
  }

 private:
  enum Key : unsigned { kNone = 0, kDescr = 1, kOrder = 2, kShape = 4 };

  bool refuse(std::string_view code, std::string message) {
    if (!error) error = file_error("npy." + std::string(code), start_ + at_, std::move(message));
    return false;
  }
  void spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  char peek() {
    spaces();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool skip(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool expect(char c) { return skip(c) || refuse("header", std::string("expected '") + c + "' in the header"); }
  bool word(std::string_view w) {
    spaces();
    if (text_.substr(at_, w.size()) != w) return false;
    at_ += w.size();
    return true;
  }

  bool text(std::string_view& out) {
    const char quote = peek();
    if (quote != '\'' && quote != '"') return refuse("header", "expected a quoted text in the header");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return refuse("header", "a quoted text has no end");
    out = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  bool entry() {
    std::string_view name;
    if (!text(name)) return false;
    const Key key = name == "descr" ? kDescr : name == "fortran_order" ? kOrder : name == "shape" ? kShape : kNone;
    if (key == kNone) return refuse("header", "unknown key '" + std::string(name) + "' in the header");
    if (seen_ & key) return refuse("duplicate", "the key '" + std::string(name) + "' appears twice");
    seen_ |= key;
    if (!expect(':')) return false;
    return key == kDescr ? descr() : key == kOrder ? order() : shape();
  }

  bool descr() {
    std::string_view type;
    if (peek() == '[') return refuse("dtype", "descr must be '<f4' or '<i4', found a structure");
    if (!text(type)) return false;
    if (type != "<f4" && type != "<i4") {
      return refuse("dtype", "descr must be '<f4' (float32) or '<i4' (int32), found '" + std::string(type) + "'");
    }
    header.type = type == "<f4" ? ElementType::f32 : ElementType::i32;
    return true;
  }

  bool order() {
    if (word("False")) return true;
    if (word("True")) return refuse("order", "the array is in Fortran order; only C order is read");
    return refuse("header", "fortran_order must be True or False");
  }

  bool shape() {
    if (!skip('(')) return refuse("shape", "shape must be a tuple");
    std::vector<std::int64_t> extents;
    while (!skip(')')) {
      if (extents.size() == static_cast<std::size_t>(kMaxRank)) {
        return refuse("rank", "at most " + std::to_string(kMaxRank) + " dimensions");
      }
      std::int64_t extent = 0;
      if (!integer(extent)) return false;
      extents.push_back(extent);
      if (skip(',')) continue;
      // One extent without a comma is a number in brackets, not a tuple.
      if (peek() != ')' || extents.size() == 1) return refuse("shape", "expected ',' between the extents");
    }
    header.shape = Shape(std::span<const std::int64_t>(extents));
    return true;
  }

  bool integer(std::int64_t& out) {
    spaces();
    const std::size_t first = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      const std::int64_t digit = text_[at_] - '0';
      if (out > (INT64_MAX - digit) / 10) return refuse("overflow", "an extent does not fit 63 bits");
      out = 10 * out + digit;
      ++at_;
    }
    return at_ > first || refuse("shape", "extents must be integers from 0");
  }

  std::string_view text_;
  std::size_t start_;
  std::size_t at_ = 0;
  unsigned seen_ = 0;
};

}  // namespace

Result<AnyTensor> read_npy(Bytes file) {
  if (file.size() > kMaxFileBytes) {
    return file_error("npy.size", kMaxFileBytes,
                      "a file may have at most 16 MiB, this one has " + bytes_text(file.size()));
  }
  const std::size_t known = std::min(file.size(), kMagic.size());
  if (!std::equal(kMagic.begin(), kMagic.begin() + static_cast<std::ptrdiff_t>(known), file.begin())) {
    return file_error("npy.magic", 0, "not a .npy file: it must begin with 0x93 and NUMPY");
  }
  if (file.size() < kPrefix) return file_error("npy.truncated", file.size(), "the file ends inside its first 8 bytes");
  const unsigned major = file[6], minor = file[7];
  if (major < 1 || major > 3 || minor != 0) {
    return file_error(
        "npy.version", 6,
        "versions 1.0, 2.0 and 3.0 are known, found " + std::to_string(major) + "." + std::to_string(minor));
  }
  const std::size_t width = major == 1 ? 2 : 4;
  if (file.size() < kPrefix + width) return file_error("npy.truncated", file.size(), "the file ends inside its header");
  std::size_t length = 0;
  for (std::size_t i = 0; i < width; ++i) length |= static_cast<std::size_t>(file[kPrefix + i]) << (8 * i);
  const std::size_t start = kPrefix + width;
  if (length > kMaxHeader) {
    return file_error("npy.header", kPrefix,
                      "the header may have at most 10000 bytes, found " + std::to_string(length));
  }
  if (length > file.size() - start) {
    return file_error("npy.truncated", file.size(),
                      "the header has " + bytes_text(length) + ", but only " + bytes_text(file.size() - start) +
                          " follow its length");
  }
  DictionaryReader reader({reinterpret_cast<const char*>(file.data()) + start, length}, start);
  if (!reader.read()) return *reader.error;
  const Shape& shape = reader.header.shape;
  const std::optional<std::int64_t> wanted = stored_bytes(shape);
  if (!wanted) {
    return file_error("npy.overflow", start, "the shape " + shape.text() + " has more bytes than 63 bits count");
  }
  const Bytes data = file.subspan(start + length);
  const auto found = static_cast<std::int64_t>(data.size());
  const std::string sizes = "the shape " + shape.text() + " takes " + std::to_string(*wanted) + " bytes, " +
                            std::to_string(found) + " follow the header";
  if (found < *wanted) return file_error("npy.truncated", file.size(), sizes);
  if (found > *wanted) {
    return file_error("npy.trailing", start + length + static_cast<std::size_t>(*wanted), sizes);
  }
  return decode_elements(reader.header.type, shape, data);
}

std::vector<std::uint8_t> write_npy(const AnyTensor& tensor) {
  const Shape& shape = shape_of(tensor);
  std::string header = std::holds_alternative<Tensor>(tensor) ? "{'descr': '<f4', 'fortran_order': False, 'shape': ("
                                                              : "{'descr': '<i4', 'fortran_order': False, 'shape': (";
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (axis > 0) header += ", ";
    header += std::to_string(shape[axis]);
  }
  header += shape.rank() == 1 ? ",), }" : "), }";
  // Spaces and a line's end up to the alignment.
  const std::size_t unpadded = kPrefix + 2 + header.size() + 1;
  header.append((kAlignment - unpadded % kAlignment) % kAlignment, ' ');
  header += '\n';
  std::vector<std::uint8_t> out(kMagic.begin(), kMagic.end());
  out.push_back(1);
  out.push_back(0);
  out.push_back(static_cast<std::uint8_t>(header.size()));
  out.push_back(static_cast<std::uint8_t>(header.size() >> 8U));
  out.insert(out.end(), header.begin(), header.end());
  encode_elements(tensor, out);
  return out;
}

}  // namespace backstep
