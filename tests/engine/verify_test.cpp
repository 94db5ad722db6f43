// The conformance runner on the reference vectors themselves and on cases made by hand.
#include "engine/cli/verify/verify.h"

#include <algorithm>

#include "engine/cli/files.h"
#include "tests/engine/file_support.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kVectors = BACKSTEP_VECTORS;

std::vector<std::string> vector_files() {
  auto files = cli::list_files(kVectors, ".safetensors");
  REQUIRE_MESSAGE(files, (files ? std::string() : files.error().text()));
  return std::move(*files);
}

FileBytes load(const std::string& name) {
  auto bytes = cli::read_file(kVectors + "/" + name, kMaxFileBytes);
  REQUIRE_MESSAGE(bytes, (bytes ? std::string() : bytes.error().text()));
  return std::move(*bytes);
}

TensorFile load_case(const std::string& name) {
  auto file = read_safetensors(load(name));
  REQUIRE(file);
  return std::move(*file);
}

std::string report_text(const TensorFile& file, const std::string& name = "case.safetensors") {
  const verify::CaseReport report = verify::verify_case(write_safetensors(file), name);
  std::string out;
  for (const verify::Mismatch& mismatch : report.failures) out += (out.empty() ? "" : "\n") + mismatch.text();
  return out;
}

Tensor& float_tensor(TensorFile& file, std::string_view name) {
  for (NamedTensor& named : file.tensors) {
    if (named.name == name) return std::get<Tensor>(named.tensor);
  }
  FAIL("no tensor " << name);
  return std::get<Tensor>(file.tensors[0].tensor);
}

void drop_tensor(TensorFile& file, std::string_view name) {
  std::erase_if(file.tensors, [&](const NamedTensor& named) { return named.name == name; });
}

}  // namespace

TEST_CASE("verify: every reference vector passes on every instruction set") {
  const auto files = vector_files();
  CHECK(files.size() == 68);
  for (const std::string& path : files) {
    const std::string name = path.substr(path.find_last_of('/') + 1);
    CAPTURE(name);
    const verify::CaseReport report = verify::verify_case(load(name), name);
    CHECK((report.failures.empty() ? "" : report.failures[0].text()) == "");
  }
}

TEST_CASE("verify: a wrong number is found, in every output of every vector") {
  for (const std::string& path : vector_files()) {
    const std::string name = path.substr(path.find_last_of('/') + 1);
    CAPTURE(name);
    TensorFile file = load_case(name);
    const auto outputs = verify::split(file.metadata.at("outputs"), ',');
    for (NamedTensor& named : file.tensors) {
      if (std::find(outputs.begin(), outputs.end(), named.name) == outputs.end()) continue;
      if (Tensor* floats = std::get_if<Tensor>(&named.tensor)) floats->data.back() += 1000.0F;
      if (IndexTensor* integers = std::get_if<IndexTensor>(&named.tensor)) ++integers->data.back();
    }
    const verify::CaseReport report = verify::verify_case(write_safetensors(file), name);
    CHECK(report.failures.size() == outputs.size());
  }
}

TEST_CASE("verify: a line says which output, where, and by how much") {
  TensorFile file = load_case("dense_basic.safetensors");
  Tensor& y = float_tensor(file, "y");
  y[7] += 1.0F;
  y[8] += 2.0F;
  const std::string text = report_text(file);
  CHECK(text.starts_with("y[1,2]: got "));
  CHECK(text.find(", want ") != std::string::npos);
  CHECK(text.find(", tolerance ") != std::string::npos);
  CHECK(text.ends_with("(2 of 24 elements differ)"));
}

TEST_CASE("verify: only what the outputs list is computed and compared") {
  TensorFile file = load_case("conv2d_k3_p1.safetensors");
  file.metadata["outputs"] = "y";
  for (const char* unused : {"dy", "dx", "dw", "db"}) drop_tensor(file, unused);
  CHECK(report_text(file) == "");
  file.metadata["outputs"] = "y,dx";
  CHECK(report_text(file) == "dy: missing; expected F32");
  file.metadata.erase("outputs");
  CHECK(report_text(file) == "__metadata__: outputs are missing: nothing to compare");
}

TEST_CASE("verify: missing attributes mean their usual defaults") {
  TensorFile file = load_case("conv2d_k2.safetensors");
  for (const char* name : {"kernel", "stride", "padding", "dilation", "groups", "bias"}) file.metadata.erase(name);
  CHECK(report_text(file) == "");
  file = load_case("conv2d_k3_valid.safetensors");
  for (const char* name : {"kernel", "stride", "padding", "dilation", "groups", "bias"}) file.metadata.erase(name);
  CHECK(report_text(file) == "");
  file = load_case("conv_transpose2d_k3_s1_g2_d2.safetensors");
  for (const char* name : {"kernel", "stride", "output_padding", "bias"}) file.metadata.erase(name);
  CHECK(report_text(file) == "");
  file = load_case("dense_basic.safetensors");
  for (const char* name : {"in", "out", "bias", "rtol"}) file.metadata.erase(name);
  CHECK(report_text(file) == "");
  file = load_case("mse_mean.safetensors");
  file.metadata.erase("reduction");
  CHECK(report_text(file) == "");
  file = load_case("adam_default.safetensors");
  for (const char* name : {"lr", "beta1", "beta2", "eps", "weight_decay", "steps"}) {
    if (std::string(name) != "lr") file.metadata.erase(name);
  }
  CHECK(report_text(file) == "");
  file = load_case("avg_pool2d_k3_s2_p1_include.safetensors");
  file.metadata.erase("count_include_pad");
  CHECK(report_text(file) == "");
}

TEST_CASE("verify: attributes are doubles, denormal ones too") {
  TensorFile file = load_case("leaky_relu_001.safetensors");
  CHECK(file.metadata.at("atol.y") == "2.803e-45");
  file.metadata["atol.y"] = "4.9e-324";
  file.metadata["rtol"] = "0";
  // y is rounded from the float slope, the expected one from the double slope: nothing is tolerated now.
  CHECK(report_text(file).starts_with("y["));
  file.metadata["atol.y"] = "a lot";
  CHECK(report_text(file).find("atol.y: expected a number from 0") != std::string::npos);
}

TEST_CASE("verify: exact where no rounding enters") {
  TensorFile file = load_case("relu_zeros.safetensors");
  file.metadata["atol.y"] = file.metadata["atol.dx"] = "1";
  float_tensor(file, "y")[0] += 1e-3F;
  CHECK(report_text(file).starts_with("y[0,0,0,0]"));

  file = load_case("conv2d_example_1d.safetensors");
  file.metadata["atol.y"] = "1";
  float_tensor(file, "y")[0] += 1e-3F;
  CHECK(report_text(file, "my_example_2.safetensors").starts_with("y[0,0,0,0]"));
  CHECK(report_text(file, "other.safetensors") == "");

  // A cell that no window reads must get exactly 0, whatever the tolerance.
  file = load_case("conv2d_k2_s2.safetensors");
  file.metadata["atol.dx"] = "1";
  Tensor& dx = float_tensor(file, "dx");
  REQUIRE(dx.data.back() == 0.0F);
  CHECK(report_text(file) == "");
}

TEST_CASE("verify: a case that cannot be run says why and fails") {
  TensorFile file = load_case("relu_zeros.safetensors");
  file.metadata["op"] = "gelu";
  CHECK(report_text(file) == "unknown op gelu");
  file.metadata.erase("op");
  CHECK(report_text(file) == "__metadata__: op is missing");
  CHECK(verify::verify_case(text_bytes("nonsense"), "x").failures[0].text().find("header") != std::string::npos);

  file = load_case("conv2d_k3_p1.safetensors");
  file.metadata["stride"] = "0,1";
  CHECK(report_text(file) == "stride: expected an integer from 1 to 4096, found \"0\"");
  file.metadata["stride"] = "1";
  CHECK(report_text(file) == "stride: expected a pair h,w, found \"1\"");
  file.metadata["stride"] = "1,1";
  file.metadata["outputs"] = "y,z";
  CHECK(report_text(file) == "z: op conv2d has no such output");

  file = load_case("conv2d_k3_p1.safetensors");
  drop_tensor(file, "dw");
  CHECK(report_text(file) == "dw: the file has no tensor of that name");
  file = load_case("conv2d_k3_p1.safetensors");
  float_tensor(file, "x") = Tensor(Shape{2, 3, 0, 8});
  CHECK(report_text(file) == "x: expected at least one element, found [2,3,0,8]");

  file = load_case("cnn_maxpool_ce.safetensors");
  file.metadata["layer.2"] = "warp kernel=2,2";
  CHECK(report_text(file) == "layer.2 warp: unknown op");
  file = load_case("cnn_maxpool_ce.safetensors");
  drop_tensor(file, "param.c2.w");
  CHECK(report_text(file).find("layer.3") == 0);
  file = load_case("softmax_cross_entropy_mean.safetensors");
  for (NamedTensor& named : file.tensors) {
    if (named.name == "target") std::get<IndexTensor>(named.tensor)[0] = 10;
  }
  CHECK(report_text(file) == "target: a class out of range");
}
