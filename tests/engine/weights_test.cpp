#include "engine/weights.h"

#include "engine/scene.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Scene preset(std::string_view name) {
  auto scene = preset_scene(name);
  REQUIRE(scene);
  return std::move(*scene);
}

Error error_of(const TensorFile& file, const Network& net) {
  const auto result = weights_from(file, net);
  REQUIRE_FALSE(result);
  return result.error();
}

}  // namespace

TEST_CASE("weights: written, read back, the same pass") {
  for (const PresetInfo& info : presets()) {
    Scene scene = preset(info.name);
    if (scene.shapes_only) continue;
    const Network& net = *scene.problem.net;
    const std::uint64_t hash = record(scene.problem)->hash();
    auto back = read_weights(write_weights(net, *scene.problem.parameters), net);
    REQUIRE_MESSAGE(back, (back ? std::string() : back.error().text()));
    scene.problem.parameters = std::make_shared<Parameters>(std::move(*back));
    CHECK(record(scene.problem)->hash() == hash);
  }
}

TEST_CASE("weights: names and layouts are those of a state dictionary") {
  const Scene scene = preset("pocket");
  const TensorFile file = weights_file(*scene.problem.net, *scene.problem.parameters);
  std::string names;
  for (const NamedTensor& named : file.tensors) names += named.name + shape_of(named.tensor).text() + " ";
  CHECK(names == "conv1.weight[1,1,3,3] conv1.bias[1] dense1.weight[2,4] dense1.bias[2] ");
}

TEST_CASE("weights: what does not fit is named with what was wanted") {
  const Scene scene = preset("pocket");
  const Network& net = *scene.problem.net;
  const TensorFile good = weights_file(net, *scene.problem.parameters);
  TensorFile file = good;
  file.tensors.erase(file.tensors.begin());
  CHECK(error_of(file, net).code == "weights.missing");
  CHECK(error_of(file, net).text() == "conv1.weight: missing; expected F32 of shape [1,1,3,3]");

  file = good;
  file.tensors.push_back({"conv2.weight", Tensor(Shape{1})});
  CHECK(error_of(file, net).code == "weights.extra");
  CHECK(error_of(file, net).text() ==
        "conv2.weight: the network has no such parameter; it has conv1.bias, conv1.weight, dense1.bias, dense1.weight");

  file = good;
  file.tensors[0].tensor = Tensor(Shape{1, 1, 9, 1});
  CHECK(error_of(file, net).text() == "conv1.weight: expected shape [1,1,3,3], found [1,1,9,1]");

  file = good;
  file.tensors[0].tensor = IndexTensor(Shape{1, 1, 3, 3});
  CHECK(error_of(file, net).code == "weights.dtype");

  const std::uint8_t nothing[] = {1, 2, 3};
  CHECK(read_weights(nothing, net).error().code == "safetensors.truncated");
}
