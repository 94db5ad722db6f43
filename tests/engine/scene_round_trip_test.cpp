#include <bit>
#include <cmath>

#include "engine/scene/json_text.h"
#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("scene: every preset reads back bit for bit") {
  for (const PresetInfo& preset : presets()) {
    CAPTURE(preset.name);
    const auto scene = preset_scene(preset.name);
    REQUIRE(scene);
    CHECK(scene->name == preset.name);
    CHECK(scene->title == preset.title);
    check_round_trip(*scene);
    CHECK(same_scene(*scene, parsed(preset.json)));
  }
}

TEST_CASE("scene: what is as usual is not written") {
  CHECK(write_scene(parsed(kSmallScene)) == kSmallScene);
  const std::string verbose = replaced(
      replaced(kSmallScene, R"("kernel":[2,2])",
               R"("stride":1,"padding":[0,0,0,0],"dilation":[1,1],"groups":1,"bias":true,"flip":false,"kernel":2)"),
      R"("softmax_cross_entropy")", R"("softmax_cross_entropy","reduction":"mean")");
  CHECK(write_scene(parsed(verbose)) == kSmallScene);
}

TEST_CASE("scene: every layer, loss and optimizer with all its attributes") {
  const char* documents[] = {
      R"({"op":"conv2d","out":2,"kernel":[3,2],"stride":[2,1],"padding":[1,0,2,1],"dilation":[1,2],"bias":false})",
      R"({"op":"conv2d","out":4,"kernel":[2,2],"padding":"same","groups":2,"flip":true})",
      R"({"op":"conv2d","out":2,"kernel":[3,3],"padding":"full"})",
      R"({"op":"conv2d","out":2,"kernel":[3,3],"padding":"valid"})",
      R"({"op":"conv_transpose2d","out":2,"kernel":[3,3],"stride":[2,2],"padding":[1,1],"output_padding":[1,1]})",
      R"({"op":"max_pool2d","kernel":[3,2],"stride":[1,2],"padding":[1,0]})",
      R"({"op":"avg_pool2d","kernel":[3,3],"stride":[2,2],"padding":[1,1],"count_include_pad":false})",
      R"({"op":"global_avg_pool2d"})",
      R"({"op":"relu"})",
      R"({"op":"leaky_relu","negative_slope":0.2})",
      R"({"op":"sigmoid"})",
      R"({"op":"tanh"})",
      R"({"op":"dropout","rate":0.25,"seed":9007199254740991,"training":false})",
      R"({"op":"batch_norm","eps":0.001,"training":false,"running_mean":[0.1,-0.0],"running_var":[1,0.3]})",
      R"({"op":"flatten"})"};
  for (const std::string document : documents) {
    CAPTURE(document);
    const std::string json =
        R"({"backstep":1,"input":{"shape":[2,2,6,6]},"layers":[)" + document + R"(,{"op":"relu"}]})";
    const Scene scene = parsed(json);
    CHECK(scene.shapes_only);
    const std::string written = write_scene(scene);
    CHECK(same_scene(parsed(written), scene));
    CHECK(written == json);
  }
  const char* ends[] = {R"("loss":{"op":"softmax_cross_entropy","reduction":"sum"})",
                        R"("loss":{"op":"mse"},"optimizer":{"op":"sgd","lr":0.3,"momentum":0.9,"weight_decay":1e-04,)"
                        R"("nesterov":true})",
                        R"("loss":{"op":"mse","reduction":"sum"},"optimizer":{"op":"adam","lr":1e-05,"beta1":0.8,)"
                        R"("beta2":0.99,"eps":1e-06,"weight_decay":0.1})"};
  for (const std::string end : ends) {
    CAPTURE(end);
    const Scene scene = parsed(R"({"backstep":1,"input":{"shape":[2,3]},"layers":[{"op":"relu"}],)" + end + "}");
    CHECK(same_scene(parsed(write_scene(scene)), scene));
    CHECK(write_scene(scene).find(end) != std::string::npos);
  }
}

TEST_CASE("scene: floats of every kind read back with the same bits") {
  // 7.038531e-26: rounded to double first, its shortest decimal becomes the neighbouring float.
  constexpr float kHard[] = {0.0F,          -0.0F,       1e-45F,        -1e-45F,         1.17549435e-38F, 3.4028235e38F,
                             0.1F,          16777217.0F, 7.038531e-26F, 1.17549421e-38F, 8388609.0F,      33554450.0F,
                             1.1920929e-7F, 9.99999999F, 123456.789F,   2.5e-40F};
  const auto back = [](float value) {
    float out = 0.0F;
    REQUIRE(narrow_to_float(std::strtod(json_number(value).c_str(), nullptr), out));
    return out;
  };
  for (const float value : kHard) CHECK(bits(back(value)) == bits(value));
  Rng rng(11);
  Tensor numbers(Shape{1, 400});
  for (float& value : numbers.data) {
    do {
      value = std::bit_cast<float>(static_cast<std::uint32_t>(rng.next()));
    } while (!(std::abs(value) < kInf));
  }
  std::copy(std::begin(kHard), std::end(kHard), numbers.data.begin());
  Scene scene = parsed(R"({"backstep":1,"input":{"shape":[1,2],"data":[1,2]},"layers":[{"op":"relu"}],"dy":[0,0]})");
  scene.problem.net = std::make_shared<const Network>(*Network::build(numbers.shape, {Relu{}}, std::nullopt, Sgd{}));
  scene.problem.input = scene.problem.dy = std::make_shared<const Tensor>(numbers);
  check_round_trip(scene);
}

TEST_CASE("scene: title, names, cursor, view, covers and locks") {
  Scene scene = parsed(kSmallScene);
  scene.title = "Quotes \" and \\, a tab \t, two\nlines, ∂L/∂K, \x7f";
  scene.class_names = {"left", "rechts ·"};
  scene.covers = {"conv1.y[0,1,1]", "loss.p", "input[0,2,2]"};
  scene.locks = {"input", "conv1.w[0,0,1,1]", "target", "dense1.b"};
  scene.breakpoints = {"conv1", "relu7.y", "dense1.dw[1,3]"};
  scene.watches = {"input[0,2,2]", "conv9.y[0,1,1]"};
  scene.cursor = {3, 2, Grain::product};
  scene.has_cursor = true;
  scene.view = {Theme::dark, true, false, true, false, See::gather, 150};
  scene.problem.draw = 12;
  check_round_trip(scene);
  scene.cursor = {0, -1, Grain::cell};
  CHECK(parsed(write_scene(scene)).has_cursor);
  for (const Grain grain : {Grain::product, Grain::cell, Grain::channel, Grain::layer}) {
    scene.cursor = {5, -1, grain};
    check_round_trip(scene);
  }
  for (const Theme theme : {Theme::system, Theme::light, Theme::dark, Theme::contrast}) {
    scene.view = {theme, false, true, false};
    check_round_trip(scene);
  }
  for (const See see : {See::scatter, See::unrolled, See::matrix}) {
    scene.view.see = see;
    check_round_trip(scene);
  }
}

TEST_CASE("scene: a seed stands for the weights, and weights beside it win") {
  const std::string bare =
      replaced(replaced(kSmallScene, R"(,"w":[1,0,0,1],"b":[0])", ""), R"(,"w":[1,0,0,0,0,1,0,0],"b":[0,0])", "");
  const std::string seeded = replaced(bare, R"("backstep":1,)", R"("backstep":1,"seed":7,"init":"glorot",)");
  const Scene scene = parsed(seeded);
  const Parameters want = initial_parameters(*scene.problem.net, 7, Initialisation::glorot);
  CHECK(same_parameters(scene.problem.parameters, std::make_shared<const Parameters>(want)));
  const std::string written = write_scene(scene);
  CHECK(written.find("\"w\"") == std::string::npos);
  CHECK(written.find(R"("seed":7,"init":"glorot")") != std::string::npos);
  check_round_trip(scene);

  const Scene mixed = parsed(replaced(seeded, R"("kernel":[2,2])", R"("kernel":[2,2],"w":[1,2,3,4])"));
  CHECK(difference(mixed.problem.parameters->layers[0].w, tensor(Shape{1, 1, 2, 2}, {1, 2, 3, 4})).empty());
  CHECK(same_bits(mixed.problem.parameters->layers[2].w, want.layers[2].w));
  check_round_trip(mixed);
  CHECK(parsed(replaced(bare, R"("backstep":1,)", R"("backstep":1,"seed":7,)")).seed->rule == Initialisation::he);
}

TEST_CASE("scene: numbers flat, nested, or nested without leading ones") {
  const Scene scene = parsed(kSmallScene);
  for (const char* data : {"[[1,2,3],[4,5,6],[7,8,9]]", "[[[1,2,3],[4,5,6],[7,8,9]]]", "[[[[1,2,3],[4,5,6],[7,8,9]]]]",
                           "[1.0,2,3,4,5e0,6,7,8,0.9e1]"}) {
    CHECK(same_scene(parsed(replaced(kSmallScene, "[1,2,3,4,5,6,7,8,9]", data)), scene));
  }
}

TEST_CASE("scene: shapes alone, of any size, are counted and not stored") {
  const Scene conv = parsed(
      R"({"backstep":1,"input":{"shape":[1,3,224,224]},"layers":[{"op":"conv2d","out":64,"kernel":3,"padding":1}]})");
  CHECK(conv.shapes_only);
  CHECK(conv.problem.input == nullptr);
  CHECK(conv.problem.net->output() == Shape{1, 64, 224, 224});
  const Scene dense = parsed(
      R"({"backstep":1,"input":{"shape":[1,3,256,256]},"layers":[{"op":"flatten"},{"op":"dense","out":4194304}]})");
  const LayerShapes& s = dense.problem.net->layer(1).shapes;
  CHECK(s.w.count() + s.b.count() == 824637915136);
  CHECK_FALSE(dense.problem.net->storable());
  CHECK(same_scene(parsed(write_scene(dense)), dense));
}
