#include "numbers.h"

namespace backstep {
namespace {

constexpr std::int64_t kLargestExtent = std::int64_t{1} << 40;

class NumberReader {
 public:
  NumberReader(Tensor& out, Failure& failure) : out_(out), failure_(failure) {}

  // Brackets around the value's first number.
  static int depth_of(JsonView value) {
    int depth = 0;
    while (value.kind() == JsonKind::array) {
      ++depth;
      if (value.size() == 0) break;
      value = value.first();
    }
    return depth;
  }

  void read(const JsonView& value, const std::string& where, const Shape& shape, int axis) {
    const std::int64_t extent = shape[axis];
    if (value.kind() != JsonKind::array || static_cast<std::int64_t>(value.size()) != extent) {
      failure_.set("scene.shape", where,
                   "expected an array of " + std::to_string(extent) + ", found " + value.describe());
      return;
    }
    JsonView item = value.first();
    for (std::int64_t i = 0; i < extent && !failure_; ++i) {
      if (axis + 1 < shape.rank()) {
        read(item, json_path_item(where, i), shape, axis + 1);
      } else if (!item.is_number()) {
        failure_.type(json_path_item(where, i), "a number", item);
      } else if (!narrow_to_float(item.number(), out_.data[next_++])) {
        failure_.range(json_path_item(where, i), "a number that a float32 can hold", item);
      }
      item = item.next();
    }
  }

 private:
  Tensor& out_;
  Failure& failure_;
  std::size_t next_ = 0;
};

}  // namespace

void read_shape(const JsonView& value, const std::string& where, Shape& out, Failure& failure) {
  const std::string expected = "a shape [N,C,H,W] or [N,F]";
  if (value.kind() != JsonKind::array) return failure.type(where, expected, value);
  if (value.size() != 2 && value.size() != 4) return failure.range(where, expected, value);
  std::array<std::int64_t, 4> extents{};
  JsonView item = value.first();
  for (std::size_t i = 0; i < value.size(); ++i) {
    read_integer(item, json_path_item(where, static_cast<std::int64_t>(i)), 1, kLargestExtent, extents[i], failure);
    item = item.next();
  }
  if (!failure) out = Shape(std::span<const std::int64_t>(extents.data(), value.size()));
}

void read_numbers(const JsonView& value, const std::string& where, const Shape& shape, Tensor& out, Failure& failure) {
  const int depth = NumberReader::depth_of(value);
  const int dropped = shape.rank() - depth;
  bool fits = depth >= 1 && dropped >= 0;
  for (int axis = 0; fits && axis < dropped; ++axis) fits = shape[axis] == 1;
  Tensor read(shape);
  NumberReader reader(read, failure);
  if (fits) {
    reader.read(value, where, Shape(shape.extents().subspan(static_cast<std::size_t>(dropped))), 0);
  } else if (depth == 1) {
    reader.read(value, where, Shape{shape.count()}, 0);
  } else {
    const std::string expected = std::to_string(shape.count()) + " numbers, flat or nested as " + shape.text();
    if (depth == 0) return failure.type(where, expected, value);
    failure.set("scene.shape", where,
                "expected " + expected + ", found " + std::to_string(depth) + " levels of brackets");
  }
  if (!failure) out = std::move(read);
}

void read_classes(const JsonView& value, const std::string& where, std::int64_t N, std::int64_t classes,
                  IndexTensor& out, Failure& failure) {
  const std::string expected = std::to_string(N) + " class numbers";
  if (value.kind() != JsonKind::array) return failure.type(where, expected, value);
  if (static_cast<std::int64_t>(value.size()) != N) {
    return failure.set("scene.shape", where, "expected " + expected + ", found " + value.describe());
  }
  IndexTensor read(Shape{N});
  JsonView item = value.first();
  for (std::int64_t n = 0; n < N; ++n) {
    std::int64_t label = 0;
    read_integer(item, json_path_item(where, n), 0, classes - 1, label, failure);
    read[n] = static_cast<std::int32_t>(label);
    item = item.next();
  }
  if (!failure) out = std::move(read);
}

std::string write_numbers(const Tensor& tensor) {
  std::string out = "[";
  for (const float value : tensor.data) {
    if (out.size() > 1) out += ',';
    out += json_number(value);
  }
  return out + ']';
}

std::string write_integers(const IndexTensor& tensor) {
  std::string out = "[";
  for (const std::int32_t value : tensor.data) {
    if (out.size() > 1) out += ',';
    out += std::to_string(value);
  }
  return out + ']';
}

}  // namespace backstep
