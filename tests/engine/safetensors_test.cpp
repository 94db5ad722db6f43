#include "engine/safetensors.h"

#include "tests/engine/file_support.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string code_of(const FileBytes& file) {
  const auto result = read_safetensors(file);
  return result ? "none" : result.error().code;
}

TensorFile sample() {
  TensorFile file;
  file.tensors.push_back({"x", tensor({2, 3}, {1.0F, -0.0F, 1e-45F, kInf, kNan, -3e38F})});
  file.tensors.push_back({"labels", IndexTensor({3}, {0, -7, INT32_MAX})});
  file.tensors.push_back({"none", Tensor(Shape{0, 4})});
  file.tensors.push_back({"a \"quoted\\\" name\n", tensor({1, 1, 1, 1, 1, 1, 1, 1}, {2.0F})});
  file.metadata = {{"op", "relu"}, {"note", "tab\there"}};
  return file;
}

// One tensor of 2 floats, in parts that a test can replace.
std::string header(std::string_view dtype = "\"F32\"", std::string_view shape = "[2]",
                   std::string_view offsets = "[0,8]") {
  return "{\"a\":{\"dtype\":" + std::string(dtype) + ",\"shape\":" + std::string(shape) +
         ",\"data_offsets\":" + std::string(offsets) + "}}";
}

std::string two(std::string_view first, std::string_view second, std::string_view name = "b") {
  const auto entry = [](std::string_view offsets) {
    return "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":" + std::string(offsets) + "}";
  };
  return "{\"a\":" + entry(first) + ",\"" + std::string(name) + "\":" + entry(second) + "}";
}

}  // namespace

TEST_CASE("safetensors: what is written is read back, bit for bit") {
  const TensorFile file = sample();
  const FileBytes bytes = write_safetensors(file);
  const auto back = read_safetensors(bytes);
  REQUIRE_MESSAGE(back, (back ? std::string() : back.error().text()));
  CHECK(back->metadata == file.metadata);
  REQUIRE(back->tensors.size() == file.tensors.size());
  for (std::size_t i = 0; i < file.tensors.size(); ++i) {
    CHECK(back->tensors[i].name == file.tensors[i].name);
    CHECK(shape_of(back->tensors[i].tensor) == shape_of(file.tensors[i].tensor));
  }
  const Tensor* x = back->find_f32("x");
  REQUIRE(x);
  for (std::size_t i = 0; i < x->data.size(); ++i) {
    CHECK(bits(x->data[i]) == bits(std::get<Tensor>(file.tensors[0].tensor).data[i]));
  }
  CHECK(back->find_i32("labels")->data == std::vector<std::int32_t>{0, -7, INT32_MAX});
  CHECK(back->find_f32("labels") == nullptr);
  CHECK(back->find("nothing") == nullptr);
  CHECK(write_safetensors(*back) == bytes);
}

TEST_CASE("safetensors: the header is padded to a multiple of 8") {
  for (const std::string name : {"a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"}) {
    TensorFile file;
    file.tensors.push_back({name, tensor({1}, {1.0F})});
    const FileBytes bytes = write_safetensors(file);
    CHECK(bytes[0] % 8 == 0);
    CHECK(bytes.size() == 8U + bytes[0] + 4U);
  }
}

TEST_CASE("safetensors: files of other writers") {
  CHECK(code_of(safetensors_bytes("{}", 0)) == "none");
  CHECK(code_of(safetensors_bytes("{}      ", 0)) == "none");
  CHECK(code_of(safetensors_bytes(header(), 8)) == "none");
  CHECK(code_of(safetensors_bytes(header("\"I32\"", "[1,2,1]"), 8)) == "none");
  CHECK(code_of(safetensors_bytes(header("\"F32\"", "[]", "[0,4]"), 4)) == "none");
  // The order of the header need not be that of the data.
  CHECK(code_of(safetensors_bytes(two("[8,16]", "[0,8]"), 16)) == "none");
  CHECK(code_of(safetensors_bytes("{\"__metadata__\":{}}", 0)) == "none");
}

TEST_CASE("safetensors: every attack is refused with its own code") {
  struct Attack {
    const char* code;
    FileBytes file;
  };
  const std::string nine = "[1,1,1,1,1,1,1,1,1]";
  const std::string deep(100000, '[');
  const Attack attacks[] = {
      {"safetensors.size", zeros((std::size_t{16} << 20U) + 1)},
      {"safetensors.truncated", {}},
      {"safetensors.truncated", zeros(7)},
      {"safetensors.truncated", joined({little_endian(100, 8), text_bytes("{}")})},
      {"safetensors.truncated", safetensors_bytes(header(), 7)},
      {"safetensors.header_length", zeros(8)},
      {"safetensors.header_length", joined({little_endian(1, 8), text_bytes("{")})},
      {"safetensors.header_length", joined({little_endian(UINT64_MAX, 8), text_bytes("{}")})},
      {"safetensors.header_length", joined({little_endian(std::uint64_t{1} << 40U, 8), text_bytes("{}")})},
      {"safetensors.header_start", safetensors_bytes(" {}", 0)},
      {"safetensors.header_start", safetensors_bytes("[]", 0)},
      {"safetensors.header_start", safetensors_bytes("\xef\xbb\xbf{}", 0)},
      {"safetensors.json", safetensors_bytes("{} {}", 0)},
      {"safetensors.json", safetensors_bytes("{\"a\"", 0)},
      {"safetensors.json", safetensors_bytes("{\"a\xff\":1}", 0)},
      {"safetensors.json", safetensors_bytes(std::string_view("{}\0", 3), 0)},
      {"safetensors.json", safetensors_bytes(header("\"F32\"", "[2,]"), 8)},
      {"safetensors.duplicate", safetensors_bytes(two("[0,8]", "[8,16]", "a"), 16)},
      {"safetensors.duplicate", safetensors_bytes("{\"__metadata__\":{},\"__metadata__\":{}}", 0)},
      {"safetensors.duplicate", safetensors_bytes("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0)},
      {"safetensors.duplicate", safetensors_bytes("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"I32\"}}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"a\":{}}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"a\":7}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"a\":[]}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"a\":{\"path\":\"/etc/passwd\"}}", 0)},
      {"safetensors.metadata", safetensors_bytes("{\"__metadata__\":{\"k\":1}}", 0)},
      {"safetensors.metadata", safetensors_bytes("{\"__metadata__\":{\"k\":{}}}", 0)},
      {"safetensors.entry", safetensors_bytes("{\"__metadata__\":\"k\"}", 0)},
      {"safetensors.dtype", safetensors_bytes(header("\"F64\"", "[1]"), 8)},
      {"safetensors.dtype", safetensors_bytes(header("\"f32\""), 8)},
      {"safetensors.dtype", safetensors_bytes(header("4"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", "[-2]"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", "[2.0]"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", "[\"2\"]"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", "2"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", "[[2]]"), 8)},
      {"safetensors.shape", safetensors_bytes(header("\"F32\"", deep), 8)},
      {"safetensors.rank", safetensors_bytes(header("\"F32\"", nine, "[0,4]"), 4)},
      {"safetensors.overflow", safetensors_bytes(header("\"F32\"", "[9223372036854775808]"), 8)},
      {"safetensors.overflow", safetensors_bytes(header("\"F32\"", "[4294967296,4294967296]", "[0,0]"), 0)},
      {"safetensors.overflow", safetensors_bytes(header("\"F32\"", "[0,4294967296,4294967296]", "[0,0]"), 0)},
      {"safetensors.overflow", safetensors_bytes(header("\"F32\"", "[4611686018427387905]", "[0,4]"), 4)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "[8,0]"), 8)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "[0]"), 8)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "[0,8,8]"), 8)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "[-8,0]"), 8)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "[0,18446744073709551615]"), 8)},
      {"safetensors.offsets", safetensors_bytes(header("\"F32\"", "[2]", "8"), 8)},
      {"safetensors.length", safetensors_bytes(header("\"F32\"", "[3]"), 8)},
      {"safetensors.length", safetensors_bytes(header("\"F32\"", "[1073741824]"), 8)},
      {"safetensors.length", safetensors_bytes(header("\"F32\"", "[2]", "[0,7]"), 7)},
      {"safetensors.overlap", safetensors_bytes(two("[0,8]", "[4,12]"), 12)},
      {"safetensors.overlap", safetensors_bytes(two("[0,8]", "[0,8]"), 8)},
      {"safetensors.hole", safetensors_bytes(two("[0,8]", "[12,20]"), 20)},
      {"safetensors.hole", safetensors_bytes(header("\"F32\"", "[2]", "[4,12]"), 12)},
      {"safetensors.trailing", safetensors_bytes(header(), 9)},
      {"safetensors.trailing", safetensors_bytes("{}", 1)},
  };
  for (const Attack& attack : attacks) {
    CAPTURE(attack.code);
    CAPTURE(&attack - attacks);
    const auto result = read_safetensors(attack.file);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == attack.code);
    CHECK(result.error().where.starts_with("byte "));
    CHECK(result.error().message.size() > 10);
  }
}

TEST_CASE("safetensors: errors name the byte where they show") {
  const auto at = [](const FileBytes& file) { return read_safetensors(file).error().where; };
  CHECK(at(safetensors_bytes(two("[0,8]", "[4,12]"), 12)) ==
        "byte " + std::to_string(8 + two("[0,8]", "[4,12]").size() + 4));
  CHECK(at(safetensors_bytes(header(), 10)) == "byte " + std::to_string(8 + header().size() + 8));
  // The dtype's closing quote.
  CHECK(at(safetensors_bytes("{\"a\":{\"dtype\":\"F64\"", 0)) == "byte 26");
  CHECK(at(zeros(3)) == "byte 3");
}

TEST_CASE("safetensors: a file cut at any byte is refused, and no byte changed can do harm") {
  const FileBytes whole = write_safetensors(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK_FALSE(read_safetensors(Bytes(whole).first(size)));
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const unsigned change : {0x01U, 0x80U, 0xffU}) {
      FileBytes file = whole;
      file[i] = static_cast<std::uint8_t>(file[i] ^ change);
      const auto result = read_safetensors(file);  // whatever it is, it comes back
      if (!result) CHECK(result.error().code.starts_with("safetensors."));
    }
  }
}
