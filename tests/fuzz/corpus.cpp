#include "tests/fuzz/corpus.h"

#include "engine/npy.h"
#include "engine/safetensors.h"
#include "engine/scene.h"
#include "tests/engine/file_support.h"

namespace backstep::fuzz {
namespace {

using test::FileBytes;

std::string text_of(const FileBytes& bytes) { return {bytes.begin(), bytes.end()}; }

// Every kind of layer, attribute and key that a document may hold, in a few hundred bytes.
constexpr const char* kLayers =
    R"({"backstep":1,"title":"All","input":{"shape":[2,2,5,4]},"layers":[)"
    R"({"op":"conv2d","out":4,"kernel":[3,2],"stride":[1,2],"padding":"same","groups":2,"bias":false,"flip":true},)"
    R"({"op":"batch_norm","eps":1e-3,"training":false,"running_mean":[0,1,2,3],"running_var":[1,1,2,0.5]},)"
    R"({"op":"leaky_relu","negative_slope":0.2},{"op":"conv_transpose2d","out":2,"kernel":2,"stride":2,)"
    R"("output_padding":[1,0]},{"op":"max_pool2d","kernel":2,"padding":[0,1]},{"op":"avg_pool2d","kernel":[2,1],)"
    R"("count_include_pad":false},{"op":"dropout","rate":0.25,"seed":7},{"op":"sigmoid"},{"op":"tanh"},)"
    R"({"op":"global_avg_pool2d"},{"op":"flatten"},{"op":"dense","out":3},{"op":"relu"}]})";

constexpr const char* kNumbers =
    R"({"backstep":1,"input":{"shape":[1,1,2,3],"data":[[1,-0.0,1e-45],[3.4e38,0.1,-7]]},"layers":[)"
    R"({"op":"conv2d","out":1,"kernel":[1,2],"padding":[1,0,0,1],"dilation":[1,2]},{"op":"flatten"},)"
    R"({"op":"dense","out":2,"b":[0.5,-0.5]}],"loss":{"op":"mse","reduction":"sum"},"target":[1,2],)"
    R"("optimizer":{"op":"adam","lr":0.01,"beta1":0.8,"weight_decay":0.1},"seed":9007199254740991,"init":"glorot",)"
    R"("draw":3,"cursor":{"step":2,"term":1,"grain":"product"},"view":{"theme":"contrast","strip":false},)"
    R"("covers":["conv1.y","dense1.y[1]"],"locks":["input[0,0,1]"]})";

std::string playlist(const std::string& stops) { return R"({"playlist":1,"title":"Walk","stops":[)" + stops + "]}"; }

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::vector<std::string> scene_corpus() {
  std::vector<std::string> out{
      kLayers, kNumbers, "", "{}", "[]", "{\"backstep\":1}", "\xef\xbb\xbf{}", std::string(200, '[')};
  for (const PresetInfo& preset : presets()) {
    if (preset.json.size() < 8000) out.emplace_back(preset.json);
  }
  // Products of extents that wrap, windows that are larger than everything, counts at the limit.
  out.push_back(R"({"backstep":1,"input":{"shape":[1,4294967296,4294967296,2]},"layers":[{"op":"relu"}]})");
  out.push_back(R"({"backstep":1,"input":{"shape":[1,1,2,2]},"layers":[{"op":"conv2d","out":1,"kernel":1,)"
                R"("padding":1024,"stride":1024,"dilation":1024}]})");
  out.push_back(R"({"backstep":1,"input":{"shape":[1,1,1,1],"data":[1]},"layers":[{"op":"max_pool2d","kernel":1024,)"
                R"("padding":1023,"stride":1024}],"dy":[1,2,3,4]})");
  out.push_back(R"({"backstep":1,"input":{"shape":[0,1,1,1],"data":[]},"layers":[{"op":"relu"}],"dy":[]})");
  out.push_back(R"({"backstep":1,"backstep":1})");
  return out;
}

std::vector<std::string> address_corpus() {
  return {"{}",
          R"({"scene":"pocket","step":"12","term":"3","grain":"product","theme":"dark"})",
          R"({"scene":"max-pool","edit":"input[0,1,1]=5;dy[0,0,1]=-2","inspector":"1","strip":"0","everything":"1"})",
          R"({"scene":"pocket","edit":"conv1.w[0,0,1,1]=1e30;target=1","step":"154","tour":"0"})",
          R"({"scene":)" + quoted(kNumbers) + R"(,"step":"1"})",
          R"({"scene":)" + quoted(kLayers) + "}",
          R"({"scene":"no-such"})",
          R"({"step":"-1"})",
          R"({"step":"99999999999999999999"})",
          R"({"tour":"1","stop":"3","present":"1"})",
          R"({"edit":"input[0,0,0]"})",
          R"({"edit":"input[0,0,0]=nan"})"};
}

std::vector<std::string> playlist_corpus() {
  const std::string first =
      R"({"title":"One","text":"Here {conv1.y[0,0,0]} is {terms conv1.y[0,0,0]} terms; {count conv1.y} cells, {steps} steps, )"
      R"({parameters} parameters.","scene":"pocket","cell":"conv1.y[0,0,0]","term":3,"grain":"product"})";
  return {
      playlist(first),
      playlist(first + R"(,{"title":"Two","text":"{before loss.value} then {loss.value} at {rate}","updates":2})"),
      playlist(first +
               R"(,{"title":"Three","text":"?","edit":"input[0,2,3]=5;target=1","covers":["conv1.y[0,0,0]"],)"
               R"("ask":"conv1.y[0,0,0]","pin":"input[0,0,0]","show":["map","working"],"answer":"{conv1.y[0,0,0]}"})"),
      playlist(R"({"title":"Own","text":"","scene":)" + std::string(kNumbers) + "}"),
      playlist(""),
      playlist(R"({"title":"x","text":"{nothing}","scene":"pocket"})"),
      playlist(R"({"title":"x","text":"{","scene":"pocket"})"),
      R"({"playlist":2})",
      R"({"playlist":1})",
      R"({"playlist":1,"playlist":1})",
      "{}"};
}

std::vector<std::string> safetensors_corpus() {
  TensorFile file;
  file.tensors.push_back({"conv1.weight", Tensor(Shape{1, 2, 1, 3}, {1, -2, 0.5F, -0.0F, 1e-45F, 3e38F})});
  file.tensors.push_back({"labels", IndexTensor({3}, {0, -7, INT32_MAX})});
  file.tensors.push_back({"none", Tensor(Shape{0, 4})});
  file.metadata = {{"op", "relu"}, {"note", "tab\there"}};
  const auto header = [](std::string_view text, std::size_t data) {
    return text_of(test::safetensors_bytes(text, data));
  };
  return {
      text_of(write_safetensors(file)),
      "",
      text_of(test::zeros(8)),
      std::string(8, '\xff') + "{}",
      header("{}", 0),
      header("{}  ", 4),
      header(
          R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
          4),
      header(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
      header(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0),
      header(R"({"a":{"dtype":"F32","shape":[0,9223372036854775807,3],"data_offsets":[0,0]}})", 0),
      header(R"({"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", 4),
      header(R"({"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}})", 4),
      header(
          R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
          8),
      header(R"({"__metadata__":{"x":1}})", 0),
      header(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4),
      header(std::string(5000, '['), 0)};
}

std::vector<std::string> npy_corpus() {
  const auto array = [](std::string_view descr, std::string_view shape, std::size_t data,
                        std::string_view order = "False") {
    return text_of(test::npy_bytes("{'descr': " + std::string(descr) + ", 'fortran_order': " + std::string(order) +
                                       ", 'shape': " + std::string(shape) + ", }\n",
                                   data));
  };
  return {text_of(write_npy(Tensor(Shape{2, 1, 3}, {1, -0.0F, 1e-45F, 3, -2.5F, 3e38F}))),
          text_of(write_npy(IndexTensor({4}, {0, -1, 7, INT32_MIN}))),
          text_of(write_npy(Tensor(Shape{0, 3}))),
          "",
          "\x93NUMPY",
          array("'<f4'", "(2,)", 8),
          array("'<f4'", "()", 4),
          array("'>f4'", "(2,)", 8),
          array("'<f8'", "(1,)", 8),
          array("'<f4'", "(2,)", 12),
          array("'<f4'", "(2,)", 4),
          array("'<i4'", "(2,)", 8, "True"),
          array("'<f4'", "(4294967296, 4294967296)", 0),
          array("'<f4'", "(0, 9223372036854775807, 3)", 0),
          array("'<f4'", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", 4),
          array("'<f4'", "(-1,)", 4)};
}

}  // namespace backstep::fuzz
