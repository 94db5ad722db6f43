#include "engine/npy.h"

#include "tests/engine/file_support.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string code_of(const FileBytes& file) {
  const auto result = read_npy(file);
  return result ? "none" : result.error().code;
}

std::string dictionary(std::string_view descr = "'<f4'", std::string_view order = "False",
                       std::string_view shape = "(2,)") {
  return "{'descr': " + std::string(descr) + ", 'fortran_order': " + std::string(order) +
         ", 'shape': " + std::string(shape) + ", }\n";
}

}  // namespace

TEST_CASE("npy: what is written is read back, bit for bit") {
  const Tensor x = tensor({2, 1, 3}, {1.0F, -0.0F, 1e-45F, kInf, -2.5F, 3e38F});
  const IndexTensor labels({4}, {0, -1, 7, INT32_MIN});
  for (const AnyTensor& value : {AnyTensor(x), AnyTensor(labels), AnyTensor(Tensor(Shape{0, 3}))}) {
    const FileBytes bytes = write_npy(value);
    CHECK((bytes.size() - static_cast<std::size_t>(shape_of(value).count()) * 4) % 64 == 0);
    const auto back = read_npy(bytes);
    REQUIRE_MESSAGE(back, (back ? std::string() : back.error().text()));
    CHECK(back->index() == value.index());
    CHECK(shape_of(*back) == shape_of(value));
    CHECK(write_npy(*back) == bytes);
  }
}

TEST_CASE("npy: the very bytes that NumPy writes") {
  // numpy.save of numpy.array([1.5, -2], dtype='<f4')
  std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  text.resize(117, ' ');
  FileBytes file = npy_bytes(text + "\n", 8);
  for (const auto& [i, value] : {std::pair{2U, 0xc0}, {3U, 0x3f}, {7U, 0xc0}}) {
    file[128U + i] = static_cast<std::uint8_t>(value);
  }
  const auto result = read_npy(file);
  REQUIRE_MESSAGE(result, (result ? std::string() : result.error().text()));
  CHECK(std::get<Tensor>(*result).data == std::vector<float>{1.5F, -2.0F});
  CHECK(write_npy(*result) == file);
}

TEST_CASE("npy: other spellings that mean the same") {
  CHECK(code_of(npy_bytes("{\"shape\":(1,2),\"descr\":\"<i4\",\"fortran_order\":False}", 8)) == "none");
  CHECK(code_of(npy_bytes(dictionary("'<f4'", "False", "()"), 4)) == "none");
  CHECK(code_of(npy_bytes(dictionary("'<f4'", "False", "(1, 2,)"), 8)) == "none");
  const std::string text = dictionary();
  const FileBytes version2 =
      joined({{0x93}, text_bytes("NUMPY"), {2, 0}, little_endian(text.size(), 4), text_bytes(text), zeros(8)});
  CHECK(code_of(version2) == "none");
}

TEST_CASE("npy: every attack is refused with its own code") {
  struct Attack {
    const char* code;
    FileBytes file;
  };
  const FileBytes magic = joined({{0x93}, text_bytes("NUMPY")});
  const Attack attacks[] = {
      {"npy.size", zeros((std::size_t{16} << 20U) + 1)},
      {"npy.truncated", {}},
      {"npy.truncated", magic},
      {"npy.truncated", joined({magic, {1, 0, 5}})},
      {"npy.truncated", joined({magic, {1, 0, 200, 0}, text_bytes("{}")})},
      {"npy.truncated", npy_bytes(dictionary(), 7)},
      {"npy.magic", text_bytes("PK\x03\x04 a zip archive")},
      {"npy.version", joined({magic, {4, 0, 0, 0}})},
      {"npy.version", joined({magic, {1, 1, 0, 0}})},
      {"npy.header", joined({magic, {2, 0}, little_endian(0x7fffffff, 4)})},
      {"npy.header", npy_bytes("", 0)},
      {"npy.header", npy_bytes("{}", 0)},
      {"npy.header", npy_bytes("[1]", 0)},
      {"npy.header", npy_bytes("{'descr': '<f4', 'shape': (2,)}", 8)},
      {"npy.header", npy_bytes("{'descr': '<f4' 'shape': (2,)}", 8)},
      {"npy.header", npy_bytes(dictionary() + "x", 8)},
      {"npy.header", npy_bytes("{'descr': '<f4", 8)},
      {"npy.header", npy_bytes("{'__import__': 1}", 8)},
      {"npy.header", npy_bytes(dictionary("'<f4'", "0"), 8)},
      {"npy.duplicate", npy_bytes("{'descr': '<f4', 'descr': '<i4'}", 8)},
      {"npy.dtype", npy_bytes(dictionary("'<f8'"), 16)},
      {"npy.dtype", npy_bytes(dictionary("'>f4'"), 8)},
      {"npy.dtype", npy_bytes(dictionary("'|O'"), 8)},
      {"npy.dtype", npy_bytes(dictionary("[('a', '<f4')]"), 8)},
      {"npy.order", npy_bytes(dictionary("'<f4'", "True"), 8)},
      {"npy.shape", npy_bytes(dictionary("'<f4'", "False", "(2)"), 8)},
      {"npy.shape", npy_bytes(dictionary("'<f4'", "False", "(-2,)"), 8)},
      {"npy.shape", npy_bytes(dictionary("'<f4'", "False", "[2]"), 8)},
      {"npy.shape", npy_bytes(dictionary("'<f4'", "False", "(2L,)"), 8)},
      {"npy.shape", npy_bytes(dictionary("'<f4'", "False", "(,)"), 8)},
      {"npy.rank", npy_bytes(dictionary("'<f4'", "False", "(1,1,1,1,1,1,1,1,1)"), 4)},
      {"npy.overflow", npy_bytes(dictionary("'<f4'", "False", "(99999999999999999999,)"), 8)},
      {"npy.overflow", npy_bytes(dictionary("'<f4'", "False", "(4294967296, 4294967296)"), 8)},
      {"npy.overflow", npy_bytes(dictionary("'<f4'", "False", "(0, 4294967296, 4294967296)"), 0)},
      {"npy.trailing", npy_bytes(dictionary(), 9)},
  };
  for (const Attack& attack : attacks) {
    const auto result = read_npy(attack.file);
    REQUIRE_FALSE(result);
    CAPTURE(result.error().text());
    CHECK(result.error().code == attack.code);
    CHECK(result.error().where.starts_with("byte "));
  }
}

TEST_CASE("npy: a file cut at any byte is refused, and no byte changed can do harm") {
  const FileBytes whole = write_npy(tensor({3}, {1.0F, 2.0F, 3.0F}));
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(read_npy(Bytes(whole).first(size)));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (unsigned value = 0; value < 256; ++value) {
      FileBytes file = whole;
      file[i] = static_cast<std::uint8_t>(value);
      const auto result = read_npy(file);
      if (!result) CHECK(result.error().code.starts_with("npy."));
    }
  }
}
