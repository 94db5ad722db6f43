// A network that is changed, run and trained; and the hashes of tests/hashes.json, which engine.mjs must give as well,
// in node and in the browser.
#include "engine/live_network.h"

#include <fstream>
#include <sstream>

#include "engine/dataset.h"
#include "engine/scene/json_tree.h"
#include "engine/trainer.h"
#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Scene preset(std::string_view name) {
  auto scene = preset_scene(name);
  REQUIRE(scene);
  return std::move(*scene);
}

LiveNetwork live(Scene scene, std::int64_t batch = 0, Isa isa = best_isa()) {
  auto network = LiveNetwork::make(std::move(scene), batch, isa);
  REQUIRE_MESSAGE(network, (network ? "" : network.error().text()));
  return std::move(*network);
}

Tensor copy(LiveNetwork& network, std::string_view name) {
  const auto view = network.tensor(name);
  REQUIRE_MESSAGE(view, (view ? "" : view.error().text()));
  return Tensor(view->shape, {view->data.begin(), view->data.end()});
}

void set(LiveNetwork& network, std::string_view name, const std::vector<float>& values) {
  const Status ok = network.set(name, values);
  REQUIRE_MESSAGE(ok, (ok ? "" : ok.error().text()));
}

std::string code(const Status& status) { return status ? "" : status.error().code; }
template <class T>
std::string code(const Result<T>& result) {
  return result ? "" : result.error().code;
}

JsonView member(const JsonView& object, std::string_view key) {
  JsonView at = object.first();
  for (std::size_t i = 0; i < object.size(); ++i, at = at.next().next()) {
    if (at.text() == key) return at.next();
  }
  FAIL("no such key: " << key);
  return at;
}

JsonTree expected_hashes() {
  std::ostringstream text;
  text << std::ifstream(BACKSTEP_HASHES).rdbuf();
  auto tree = JsonTree::parse(text.str());
  REQUIRE(tree);
  return std::move(*tree);
}

}  // namespace

TEST_CASE("hashes: one for the recorded pass of each preset") {
  const JsonTree tree = expected_hashes();
  const JsonView passes = member(tree.root(), "passes");
  CHECK(passes.size() == presets().size());
  for (const PresetInfo& info : presets()) {
    const auto trace = record(preset(info.name).problem);
    CHECK_MESSAGE(hash_text(trace->hash()) == member(passes, info.name).text(), info.name);
  }
}

TEST_CASE("hashes: one for 100 training steps of a classifier") {
  const JsonTree tree = expected_hashes();
  const JsonView trained = member(tree.root(), "trained");
  for (const Isa isa : available_isas().subspan(1)) {
    INFO(std::string(isa_name(isa)));
    const std::int64_t batch = member(trained, "batch").integer();
    LiveNetwork network = live(preset(member(trained, "preset").text()), batch, isa);
    const auto drawn =
        draw_dataset(network.net().input(), 4, batch, 1, static_cast<std::uint64_t>(member(trained, "seed").integer()));
    REQUIRE(drawn);
    set(network, "input", drawn->train.images.data);
    set(network, "target", {drawn->train.labels.data.begin(), drawn->train.labels.data.end()});
    CHECK(network.train(member(trained, "steps").integer()));
    const auto trace = network.trace();
    REQUIRE(trace);
    CHECK(hash_text((*trace)->hash()) == member(trained, "hash").text());
  }
}

TEST_CASE("live network: reads what a recorded pass holds, whatever is asked for first") {
  for (const PresetInfo& info : presets()) {
    const Scene scene = preset(info.name);
    const auto want = record(scene.problem);
    for (const bool backwards : {false, true}) {
      LiveNetwork network = live(scene);
      std::vector<std::string> names = network.tensor_names();
      if (backwards) std::reverse(names.begin(), names.end());
      for (const std::string& name : names) {
        INFO(info.name, " ", name);
        const std::size_t dot = name.find('.');
        const std::string field = dot < name.size() ? name.substr(dot + 1) : "";
        int layer = 0;
        while (layer < want->net().layer_count() && want->net().name_of(layer) != name.substr(0, dot)) ++layer;
        const std::pair<std::string_view, Slot> slots[] = {
            {"weight", Slot::w},    {"bias", Slot::b},          {"y", Slot::y}, {"dx", Slot::dx},
            {"dw", Slot::dw},       {"db", Slot::db},           {"p", Slot::p}, {"weight_next", Slot::w_next},
            {"value", Slot::value}, {"bias_next", Slot::b_next}};
        for (const auto& [text, slot] : slots) {
          if (field == text) CHECK(difference(copy(network, name), *want->tensor(layer, slot)) == "");
        }
      }
      CHECK(difference(copy(network, "input"), *scene.problem.input) == "");
    }
  }
}

TEST_CASE("live network: new numbers give the pass of a scene that holds them, and the scene itself stays") {
  const Scene scene = preset("tiny-cnn");
  LiveNetwork network = live(scene), other = live(scene);
  REQUIRE(network.backward());
  Rng rng(3);
  Problem problem = scene.problem;
  const Tensor input = random_tensor(rng, problem.net->input());
  set(network, "input", input.data);
  set(network, "target", {2});
  Parameters parameters = *problem.parameters;
  parameters.layers[0].w = random_tensor(rng, parameters.layers[0].w.shape);
  parameters.layers[0].b[1] = -3.0F;
  set(network, "conv1.weight", parameters.layers[0].w.data);
  CHECK(network.edit("conv1.b[1]=-3"));
  problem.input = std::make_shared<const Tensor>(input);
  problem.classes = std::make_shared<const IndexTensor>(IndexTensor({1}, {2}));
  problem.parameters = std::make_shared<const Parameters>(parameters);
  const auto trace = network.trace();
  REQUIRE(trace);
  CHECK((*trace)->hash() == record(problem)->hash());
  CHECK(same_scene(parsed(write_scene(network.scene())), network.scene()));
  CHECK((*other.trace())->hash() == record(scene.problem)->hash());
}

TEST_CASE("live network: training is that of the trainer, and the gradient of the input comes back after it") {
  const Scene scene = preset("tiny-cnn");
  LiveNetwork network = live(scene, 8);
  const auto drawn = draw_dataset(network.net().input(), 4, 8, 1, 5);
  REQUIRE(drawn);
  set(network, "input", drawn->train.images.data);
  set(network, "target", {drawn->train.labels.data.begin(), drawn->train.labels.data.end()});
  BatchPass pass(network.net(), best_isa());
  Parameters parameters = *scene.problem.parameters;
  UpdateCount count;
  std::vector<std::array<OptimizerState, 2>> states(parameters.layers.size());
  float loss = 0.0F;
  for (int i = 0; i < 5; ++i) {
    pass.forward(parameters, drawn->train.images, i);
    loss = pass.backward(parameters, drawn->train.images, drawn->train.labels);
    count.advance(network.net().optimizer());
    for (std::size_t l = 0; l < states.size(); ++l) {
      Parameters::Pair& pair = parameters.layers[l];
      const LayerRecord& r = pass.record(static_cast<int>(l));
      if (!pair.w.empty()) update(network.net().optimizer(), count, pair.w, r.dw, states[l][0], pair.w);
      if (!pair.b.empty()) update(network.net().optimizer(), count, pair.b, r.db, states[l][1], pair.b);
    }
  }
  REQUIRE(network.train(3));
  const auto last = network.train(2);
  REQUIRE(last);
  CHECK(bits(*last) == bits(loss));
  CHECK(parameters_hash(*network.scene().problem.parameters) == parameters_hash(parameters));
  CHECK(network.scene().problem.draw == 5);
  CHECK(difference(copy(network, "conv1.dx"), *record(network.scene().problem)->tensor(0, Slot::dx)) == "");
}

TEST_CASE("live network: a batch takes the scene's samples in turn") {
  LiveNetwork network = live(preset("pocket"), 3);
  const Tensor one = *preset("pocket").problem.input, all = copy(network, "input");
  REQUIRE(all.count() == 3 * one.count());
  for (std::int64_t i = 0; i < all.count(); ++i) CHECK(bits(all[i]) == bits(one[i % one.count()]));
  CHECK(copy(network, "target").count() == 3);
  CHECK(code(LiveNetwork::make(preset("pocket"), -1)) == "network.batch");
  CHECK(code(LiveNetwork::make(preset("pocket"), 1 << 21)) == "network.batch");
}

TEST_CASE("live network: what it refuses") {
  LiveNetwork network = live(preset("pocket"));
  for (const char* name : {"", "conv1", "conv1.", "conv1.p", "conv9.y", "relu1.weight", "loss.y", "dy", "input.y"}) {
    INFO(name);
    CHECK(code(network.tensor(name)) == "tensor.name");
  }
  CHECK(code(network.set("conv1.y", std::vector<float>(16))) == "tensor.name");
  CHECK(code(network.set("input", std::vector<float>(35))) == "tensor.count");
  CHECK(code(network.set("target", std::vector<float>(2))) == "tensor.count");
  for (const float label : {-1.0F, 2.0F, 0.5F, kNan, kInf})
    CHECK(code(network.set("target", {&label, 1})) == "tensor.range");
  CHECK(code(network.edit("input[9,9]=1")) == "scene.range");
  CHECK(code(network.train(0)) == "network.steps");
  CHECK(code(live(preset("single-conv")).train(1)) == "network.loss");
  CHECK((*network.trace())->hash() == record(preset("pocket").problem)->hash());
}

TEST_CASE("live network: a scene with shapes only is counted, not run") {
  const Scene scene = parsed(R"({"backstep":1,"input":{"shape":[1,3,224,224]},)"
                             R"("layers":[{"op":"conv2d","out":64,"kernel":3,"padding":1}]})");
  LiveNetwork network = live(scene);
  CHECK(network.net().output() == Shape{1, 64, 224, 224});
  CHECK(code(network.forward()) == "network.shapes_only");
  CHECK(code(network.trace()) == "network.shapes_only");
  CHECK(code(network.tensor("input")) == "network.shapes_only");
  CHECK(code(network.set("input", {})) == "network.shapes_only");
  CHECK(code(network.edit("input[0,0,0]=1")) == "scene.range");
  CHECK(code(network.train(1)) == "network.loss");
}
