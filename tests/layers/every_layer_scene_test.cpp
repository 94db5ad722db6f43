// For every type in the list of layers: a scene with it, written as JSON and read back, is the same net with the same
// numbers.
#include "engine/scene.h"
#include "tests/engine/nets.h"
#include "tests/layers/layer_examples.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE_TEMPLATE_DEFINE("every layer: scene JSON and back", L, scene_test) {
  Rng rng(31);
  for (const auto& [layer, x] : Examples<L>::layers()) {
    Scene scene;
    scene.problem = problem_of(x, {layer}, std::nullopt);
    const LayerShapes& s = scene.problem.net->layer(0).shapes;
    Parameters parameters;
    parameters.layers.emplace_back();
    if (!s.w.is_none()) parameters.layers[0].w = random_tensor(rng, s.w);
    if (!s.b.is_none()) parameters.layers[0].b = random_tensor(rng, s.b);
    scene.problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
    scene.problem.input = std::make_shared<const Tensor>(random_tensor(rng, s.x));
    scene.problem.dy = std::make_shared<const Tensor>(random_tensor(rng, s.y));
    const std::string written = write_scene(scene);
    const auto parsed = parse_scene(written);
    REQUIRE_MESSAGE(parsed, (parsed ? std::string() : parsed.error().text() + " in " + written));
    CHECK(write_scene(*parsed) == written);
    CHECK(layer_op(parsed->problem.net->layer(0).op) == L::kOp);
    CHECK(record(parsed->problem)->hash() == record(scene.problem)->hash());
  }
}
TEST_CASE_TEMPLATE_APPLY(scene_test, LayerTypes);
