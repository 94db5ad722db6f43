#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct Malformed {
  const char* from;  // of kSmallScene; empty: the whole document
  std::string to;
  const char* code;
  const char* where;
  const char* message = "";  // a part of it
};

const Malformed kCases[] = {
    // JSON itself
    {"", "", "scene.json", "line 1, byte 1", "end of input"},
    {"", "{", "scene.json", "line 1, byte 2"},
    {"", "{\n\"backstep\": 1,\n}", "scene.json", "line 3, byte 1"},
    {"", "[1,2", "scene.json", "line 1, byte 5"},
    {"", "{\"a\":\"\xff\"}", "scene.json", "line 1, byte 7", "UTF-8"},
    {"", "{\"a\":NaN}", "scene.json", "line 1, byte 6"},
    {"", "{\"a\":01}", "scene.json", "line 1, byte 7"},
    {"", "{\"a\":1}x", "scene.json", "line 1, byte 8"},
    {"", std::string("{}\0x", 4), "scene.json", "line 1, byte 3", "a zero byte"},
    {"", "// no\n{}", "scene.json", "line 1, byte 1"},
    {"", "{'a':1}", "scene.json", "line 1, byte 2"},
    {"", "{\"a\":\"b\nc\"}", "scene.json", "line 1, byte 8"},
    {"", "{\"a\":1e999}", "scene.range", "a", "expected a finite number, found 1e999"},
    {"", "[1,[2,-1e400]]", "scene.range", "[1][1]"},
    {"", std::string(40, '['), "scene.json",
     "[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]", "32 levels"},
    {"", "{\"a\":{\"b\":[1,{\"c\":1,\"c\":2}]}}", "scene.duplicate_key", "a.b[1].c"},
    {"\"backstep\":1,", "\"backstep\":1,\"backstep\":1,", "scene.duplicate_key", "backstep"},
    {"", "[]", "scene.type", "", "expected an object, found an array of 0"},
    {"", "null", "scene.type", "", "found null"},
    // The document's own keys
    {"\"backstep\":1,", "", "scene.missing", "backstep", "expected the version"},
    {"\"backstep\":1", "\"backstep\":2", "scene.version", "backstep", "expected version 1, found 2"},
    {"\"backstep\":1", "\"backstep\":\"1\"", "scene.version", "backstep"},
    {"\"backstep\":1", "\"backstep\":1,\"colour\":0", "scene.unknown_key", "colour", "expected one of the keys"},
    {"\"backstep\":1", "\"backstep\":1,\"a\\nb c\":0", "scene.unknown_key", "[\"a\\nb c\"]"},
    {"\"backstep\":1", "\"backstep\":1,\"title\":4", "scene.type", "title"},
    {"\"backstep\":1", "\"backstep\":1,\"title\":\"" + std::string(300, 'x') + "\"", "scene.range", "title"},
    {"\"input\"", "\"imput\"", "scene.missing", "input"},
    {"{\"shape\":[1,1,3,3],\"data\":[1,2,3,4,5,6,7,8,9]}", "[1,2]", "scene.type", "input"},
    {"\"shape\":[1,1,3,3],", "", "scene.missing", "input.shape"},
    {"[1,1,3,3]", "[1,1,3]", "scene.range", "input.shape", "[N,C,H,W] or [N,F], found an array of 3"},
    {"[1,1,3,3]", "[1,1,0,3]", "scene.range", "input.shape[2]"},
    {"[1,1,3,3]", "[1,1,-3,3]", "scene.range", "input.shape[2]"},
    {"[1,1,3,3]", "[1,1,3,2.5]", "scene.type", "input.shape[3]"},
    {"[1,1,3,3]", "[1,1,3,\"3\"]", "scene.type", "input.shape[3]"},
    {"[1,1,3,3]", "[1,1,3,1e300]", "scene.range", "input.shape[3]"},
    {"[1,1,3,3]", "[1,1,3,99999999999999]", "scene.range", "input.shape[3]"},
    {"[1,1,3,3]", "[1,1,3,99999999999999999999999]", "scene.range", "input.shape[3]"},
    {",7,8,9]}", ",7,8]}", "scene.shape", "input.data", "expected an array of 9, found an array of 8"},
    {"[1,2,3,4,5,6,7,8,9]", "[[1,2,3],[4,5],[7,8,9]]", "scene.shape", "input.data[1]"},
    {"[1,2,3,4,5,6,7,8,9]", "[[1,2,3],[4,5,6],7]", "scene.shape", "input.data[2]"},
    {"[1,2,3,4,5,6,7,8,9]", "[1,2,3,[4],5,6,7,8,9]", "scene.type", "input.data[3]"},
    {"[1,2,3,4,5,6,7,8,9]", "[[[[[1]]]]]", "scene.shape", "input.data", "5 levels"},
    {"[1,2,3,4,5,6,7,8,9]", "[]", "scene.shape", "input.data"},
    {"[1,2,3,4,5,6,7,8,9]", "7", "scene.type", "input.data"},
    {"[1,2,3,4,5,6,7,8,9]", "[1,2,null,4,5,6,7,8,9]", "scene.type", "input.data[2]", "expected a number, found null"},
    {"[1,2,3,4,5,6,7,8,9]", "[1,2,1e39,4,5,6,7,8,9]", "scene.range", "input.data[2]", "float32 can hold, found 1e+39"},
    {"[1,2,3,4,5,6,7,8,9]", "[1,2,3.4028236e38,4,5,6,7,8,9]", "scene.range", "input.data[2]"},
    // Layers
    {"\"layers\":[", "\"layers\":[3,", "scene.type", "layers[0]"},
    {"{\"op\":\"flatten\"}", "{}", "scene.missing", "layers[1].op"},
    {"\"flatten\"", "\"flat\"", "scene.range", "layers[1].op", "conv2d, relu, max_pool2d"},
    {"\"flatten\"", "7", "scene.type", "layers[1].op"},
    {"\"op\":\"flatten\"", "\"op\":\"flatten\",\"out\":1", "scene.unknown_key", "layers[1].out"},
    {"\"op\":\"flatten\"", "\"op\":\"flatten\",\"w\":[1]", "scene.unknown_key", "layers[1].w"},
    {"\"kernel\":[2,2]", "\"kernel\":[0,2]", "scene.range", "layers[0].kernel[0]",
     "expected a whole number from 1 to 512, found 0"},
    {"\"kernel\":[2,2]", "\"kernel\":513", "scene.range", "layers[0].kernel"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2,2]", "scene.type", "layers[0].kernel"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,true]", "scene.type", "layers[0].kernel[1]", "found true"},
    {"\"kernel\":[2,2],", "", "scene.missing", "layers[0].kernel"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"stride\":0", "scene.range", "layers[0].stride"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"padding\":[1,2,3]", "scene.type", "layers[0].padding"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"padding\":[1,2,-3,4]", "scene.range", "layers[0].padding[2]"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"padding\":\"some\"", "scene.range", "layers[0].padding",
     "one of valid, same, full"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"bias\":0", "scene.type", "layers[0].bias", "expected true or false"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"bias\":false", "scene.unknown_key", "layers[0].b"},
    {"\"kernel\":[2,2]", "\"kernel\":[2,2],\"groups\":2", "scene.shape", "layers[0]"},
    {"\"kernel\":[2,2]", "\"kernel\":[4,2]", "scene.shape", "layers[0]", "window is taller"},
    {"{\"op\":\"flatten\"},", "", "scene.shape", "layers[1]"},
    {"\"w\":[1,0,0,1],", "", "scene.missing", "layers[0].w", "expected numbers of shape [1,1,2,2], or a seed"},
    {",\"b\":[0,0]}", "}", "scene.missing", "layers[2].b"},
    {"\"w\":[1,0,0,1]", "\"w\":[1,0,0]", "scene.shape", "layers[0].w"},
    {"\"out\":2", "\"out\":0", "scene.range", "layers[2].out"},
    {"\"out\":2", "\"out\":9999999999", "scene.range", "layers[2]", "without input.data they would only be counted"},
    {"\"layers\":[{", "\"seed\":1,\"layers\":[{\"op\":\"conv2d\",\"out\":16777216,\"kernel\":1},{", "scene.range",
     "layers[0]"},
    // Loss, target, optimizer, dy
    {"\"loss\":{\"op\":\"softmax_cross_entropy\"},", "", "scene.missing", "loss", "or dy"},
    {"\"target\":[1],", "", "scene.missing", "target"},
    {",\"optimizer\":{\"op\":\"sgd\",\"lr\":0.1}", "", "scene.missing", "optimizer"},
    {"\"softmax_cross_entropy\"", "\"softmax\"", "scene.range", "loss.op", "softmax_cross_entropy, mse"},
    {"\"softmax_cross_entropy\"", "\"mse\",\"reduction\":\"max\"", "scene.range", "loss.reduction", "mean, sum"},
    {"\"softmax_cross_entropy\"", "\"mse\"", "scene.shape", "target"},
    {"\"target\":[1]", "\"target\":[2]", "scene.range", "target[0]", "expected a whole number from 0 to 1, found 2"},
    {"\"target\":[1]", "\"target\":[-1]", "scene.range", "target[0]"},
    {"\"target\":[1]", "\"target\":[0,1]", "scene.shape", "target"},
    {"\"target\":[1]", "\"target\":1", "scene.type", "target"},
    {"\"target\":[1]", "\"target\":[\"left\"]", "scene.type", "target[0]"},
    {"\"lr\":0.1", "\"momentum\":0.1", "scene.missing", "optimizer.lr"},
    {"\"lr\":0.1", "\"lr\":-0.1", "scene.range", "optimizer.lr"},
    {"\"lr\":0.1", "\"lr\":\"fast\"", "scene.type", "optimizer.lr"},
    {"\"lr\":0.1", "\"lr\":0.1,\"beta1\":0.5", "scene.unknown_key", "optimizer.beta1"},
    {"\"sgd\"", "\"sge\"", "scene.range", "optimizer.op"},
    {"\"target\":[1]", "\"target\":[1],\"dy\":[1,2]", "scene.unknown_key", "loss", "either dy or loss"},
    // Seed, classes, cursor, view, names
    {"\"backstep\":1", "\"backstep\":1,\"seed\":-1", "scene.range", "seed"},
    {"\"backstep\":1", "\"backstep\":1,\"seed\":9007199254740992", "scene.range", "seed"},
    {"\"backstep\":1", "\"backstep\":1,\"init\":\"he\"", "scene.missing", "seed"},
    {"\"backstep\":1", "\"backstep\":1,\"seed\":1,\"init\":\"zero\"", "scene.range", "init", "he, glorot"},
    {"\"backstep\":1", "\"backstep\":1,\"draw\":-1", "scene.range", "draw"},
    {"\"backstep\":1", "\"backstep\":1,\"classes\":[\"a\"]", "scene.shape", "classes"},
    {"\"backstep\":1", "\"backstep\":1,\"classes\":[\"a\",2]", "scene.type", "classes[1]"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"step\":54}", "scene.range", "cursor.step",
     "expected a whole number from 0 to 53, found 54"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"step\":-1}", "scene.range", "cursor.step"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"grain\":\"pixel\"}", "scene.range", "cursor.grain"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"term\":0}", "scene.range", "cursor.term", "at the grain cell"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"term\":6,\"grain\":\"product\"}", "scene.range", "cursor.term",
     "from 0 to 5, found 6"},
    {"\"backstep\":1", "\"backstep\":1,\"cursor\":{\"when\":0}", "scene.unknown_key", "cursor.when"},
    {"\"backstep\":1", "\"backstep\":1,\"view\":{\"theme\":\"pink\"}", "scene.range", "view.theme"},
    {"\"backstep\":1", "\"backstep\":1,\"view\":{\"scale\":300}", "scene.range", "view.scale"},
    {"\"backstep\":1", "\"backstep\":1,\"view\":{\"strip\":1}", "scene.type", "view.strip"},
    {"\"backstep\":1", "\"backstep\":1,\"view\":{\"panel\":true}", "scene.unknown_key", "view.panel"},
    {"\"backstep\":1", "\"backstep\":1,\"covers\":[\"conv1.y[0,0,0]\",\"conv1.y[0,2,0]\"]", "scene.range", "covers[1]"},
    {"\"backstep\":1", "\"backstep\":1,\"covers\":[\"conv3.y\"]", "scene.range", "covers[0]"},
    {"\"backstep\":1", "\"backstep\":1,\"covers\":\"conv1.y\"", "scene.type", "covers"},
    {"\"backstep\":1", "\"backstep\":1,\"breakpoints\":[\"relu1\",\"conv1.y[0\"]", "scene.range", "breakpoints[1]"},
    {"\"backstep\":1", "\"backstep\":1,\"watches\":[\"\"]", "scene.range", "watches[0]"},
    {"\"backstep\":1", "\"backstep\":1,\"watches\":[1]", "scene.type", "watches[0]"},
    {"\"backstep\":1", "\"backstep\":1,\"locks\":[\"input[0,3,0]\"]", "scene.range", "locks[0]"},
    {"\"backstep\":1", "\"backstep\":1,\"locks\":[\"dy\"]", "scene.range", "locks[0]"},
    // Shapes alone
    {",\"data\":[1,2,3,4,5,6,7,8,9]", "", "scene.missing", "input.data", "the scene has layers[0].w"},
    {"", R"({"backstep":1,"input":{"shape":[1,2]},"layers":[{"op":"relu"}],"cursor":{}})", "scene.missing",
     "input.data"},
    {"", R"({"backstep":1,"input":{"shape":[1,2]},"layers":[]})", "scene.range", "layers"},
    {"", R"({"backstep":1,"input":{"shape":[1099511627776,1099511627776]},"layers":[{"op":"relu"}]})", "scene.range",
     "input.shape"},
    {"[1,1,3,3]", "[1,1,3,99999999999]", "scene.range", "input.shape", "without input.data"},
};

}  // namespace

TEST_CASE("scene: each malformed document is refused by code, place and words") {
  for (const Malformed& c : kCases) {
    const std::string document = *c.from ? replaced(kSmallScene, c.from, c.to) : c.to;
    CAPTURE(document);
    const auto scene = parse_scene(document);
    REQUIRE_FALSE(scene);
    CAPTURE(scene.error().message);
    CHECK(scene.error().code == c.code);
    CHECK(scene.error().where == c.where);
    CHECK(scene.error().message.find(c.message) != std::string::npos);
    // Shapes that do not fit show their formula; everything else says what was expected.
    const bool formula = scene.error().where.starts_with("layers[") && scene.error().code == "scene.shape";
    CHECK((formula || scene.error().message.find("expected") == 0 || scene.error().code == "scene.unknown_key"));
    CHECK(scene.error().text().find('\n') == std::string::npos);
    CHECK(scene.error().text().size() < 600);
  }
}

TEST_CASE("scene: limits of size") {
  const std::string spaces(kMaxSceneBytes, ' ');
  CHECK(parse_scene(kSmallScene + std::string(kMaxSceneBytes - kSmallScene.size(), ' ')));
  CHECK(parse_scene(kSmallScene + spaces).error().code == "scene.range");

  std::string many = "[0";
  for (std::size_t i = 0; i < (std::size_t{1} << 22U); ++i) many += ",0";
  CHECK(parse_scene(many + "]").error().message.find("4194304 values") != std::string::npos);

  std::string keys = "{\"k\":0";
  for (int i = 0; i < 64; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
  CHECK(parse_scene(keys + "}").error().message.find("at most 64 keys") != std::string::npos);

  std::string layers = R"({"op":"relu"})";
  for (std::size_t i = 0; i < kMaxLayers; ++i) layers += R"(,{"op":"relu"})";
  CHECK(parse_scene(R"({"backstep":1,"input":{"shape":[1,2]},"layers":[)" + layers + "]}").error().where == "layers");
}

TEST_CASE("scene: sizes beyond counting are refused before they overflow") {
  const auto refused_at = [](const std::string& shape, const std::string& layers) {
    const auto scene = parse_scene(R"({"backstep":1,"input":{"shape":)" + shape + R"(},"layers":[)" + layers + "]}");
    REQUIRE_FALSE(scene);
    CHECK(scene.error().code == "scene.range");
    return scene.error().where;
  };
  const std::string huge = "1099511627776";
  CHECK(refused_at("[" + huge + "," + huge + "," + huge + "," + huge + "]", R"({"op":"flatten"})") == "input.shape");
  CHECK(refused_at("[1," + huge + "]", R"({"op":"dense","out":)" + huge + "}") == "layers[0]");
  const auto growing = [](const std::string& n) {
    const std::string layer =
        R"({"op":"conv_transpose2d","out":1,"kernel":)" + n + ",\"stride\":" + n + ",\"dilation\":" + n + "}";
    std::string layers = layer;
    for (int i = 1; i < 64; ++i) layers += "," + layer;
    return layers;
  };
  CHECK(refused_at("[1,1,1,1]", growing("64")) == "layers[3]");
  CHECK(refused_at("[1,1,1,1]", growing("512")) == "layers[1]");
  CHECK(refused_at("[1,1,1," + huge + "]", growing("512")) == "layers[0]");
}

TEST_CASE("scene: an unknown preset is named with those that exist") {
  const auto scene = preset_scene("pockets");
  REQUIRE_FALSE(scene);
  CHECK(scene.error().code == "scene.preset");
  CHECK(scene.error().message.find("pocket, tiny-cnn, single-conv") != std::string::npos);
}
