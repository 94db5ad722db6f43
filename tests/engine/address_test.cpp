#include "engine/scene/cell_names.h"
#include "engine/scene/edit.h"
#include "engine/scene/json_text.h"
#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Address address(std::string_view json) {
  auto result = parse_address(json);
  REQUIRE_MESSAGE(result, (result ? "" : result.error().text()));
  return std::move(*result);
}

}  // namespace

TEST_CASE("address: nothing said is the pocket net at its first step") {
  const Address a = address("{}");
  CHECK(a.scene.name == "pocket");
  CHECK_FALSE(a.has_scene);
  CHECK_FALSE(a.has_step);
  CHECK_FALSE(a.tour);
  CHECK(a.scene.cursor == Cursor{});
}

TEST_CASE("address: presets, documents and where to begin") {
  const Address a = address(R"({"scene":"max-pool","step":"12","term":"0","grain":"product"})");
  CHECK(a.scene.name == "max-pool");
  CHECK(a.has_scene);
  CHECK(a.has_step);
  CHECK(a.scene.cursor == Cursor{12, 0, Grain::product});
  CHECK(address(R"({"scene":"max-pool","step":"3","term":"4"})").scene.cursor == Cursor{3, -1, Grain::cell});
  CHECK(address(R"({"grain":"layer"})").scene.cursor == Cursor{0, -1, Grain::layer});
  CHECK_FALSE(address(R"({"grain":"layer"})").has_step);

  const std::string text = json_string(kSmallScene);
  const Address b = address("{\"scene\":" + text + "}");
  CHECK(b.scene.name.empty());
  CHECK(same_scene(b.scene, parsed(kSmallScene)));
  CHECK_FALSE(b.has_step);

  const std::string with_cursor =
      replaced(kSmallScene, "\"backstep\":1", R"("backstep":1,"cursor":{"step":2,"term":1,"grain":"product"})");
  const Address c = address("{\"scene\":" + json_string(with_cursor) + "}");
  CHECK(c.has_step);
  CHECK(c.scene.cursor == Cursor{2, 1, Grain::product});
  // An override of the step forgets the document's terms.
  CHECK(address("{\"scene\":" + json_string(with_cursor) + R"(,"step":"3"})").scene.cursor ==
        Cursor{3, -1, Grain::product});
}

TEST_CASE("address: preferences and the tour") {
  const Address a =
      address(R"({"theme":"dark","scale":"125","inspector":"1","strip":"0","everything":"1","tour":"1"})");
  CHECK(a.scene.view == ViewPrefs{Theme::dark, true, false, true, false, See::gather, 125});
  CHECK(a.tour == true);
  CHECK(address(R"({"see":"unrolled"})").scene.view.see == See::unrolled);
  // Everything is the inspector too, unless it was closed.
  CHECK(address(R"({"everything":"1"})").scene.view.inspector);
  CHECK_FALSE(address(R"({"everything":"1","inspector":"0"})").scene.view.inspector);
  CHECK(address(R"({"tour":"0"})").tour == false);
}

TEST_CASE("address: numbers changed in a preset") {
  const Address a = address(R"({"edit":"input[0,0,1]=-2.5;conv1.w[0,0,1,1]=3;dense1.b[1]=1e-3;target=1"})");
  const Scene pocket = *preset_scene("pocket");
  CHECK((*a.scene.problem.input)[1] == -2.5F);
  CHECK(a.scene.problem.parameters->layers[0].w[4] == 3.0F);
  CHECK(a.scene.problem.parameters->layers[4].b[1] == 1e-3F);
  CHECK((*a.scene.problem.classes)[0] == 1);
  CHECK((*pocket.problem.classes)[0] == 0);
  CHECK(address(R"({"scene":"max-pool","edit":"dy[0,1,1]=-4"})").scene.problem.dy->data.back() == -4.0F);
}

TEST_CASE("address: breakpoints and watches stand instead of the scene's own, and may have lost their cell") {
  const Address a = address(R"({"break":"relu1;conv1.y[0,1,1]","watch":"conv9.dw[0,0]"})");
  CHECK(a.scene.breakpoints == std::vector<std::string>{"relu1", "conv1.y[0,1,1]"});
  CHECK(a.scene.watches == std::vector<std::string>{"conv9.dw[0,0]"});
}

TEST_CASE("address: the original is the scene without the edits") {
  const Address a = address(R"({"edit":"input[0,0,1]=-2.5;lr=0.25"})");
  CHECK(a.original.input != a.scene.problem.input);
  CHECK(a.original.parameters == a.scene.problem.parameters);
  CHECK(edits_between(a.original, a.scene.problem, 2) == "input[0,0,1]=-2.5;lr=0.25");
  CHECK_FALSE(edits_between(a.original, a.scene.problem, 1));
  CHECK(edits_between(a.original, a.original, 0) == "");
  CHECK_FALSE(edits_between(a.original, preset_scene("max-pool")->problem, 1000));
}

TEST_CASE("address: names of marks are judged by their form") {
  for (const char* good : {"conv1", "conv1.y", "conv1.y[0]", "conv1.y[0,12,3]", "input[0,2,3]", "lr", "conv_t1.w"}) {
    CAPTURE(good);
    CHECK(is_mark_name(good));
  }
  for (const char* bad : {"", ".", "1", "conv1.", ".y", "conv1.y[", "conv1.y[]", "conv1.y[,1]", "conv1.y[1,]", "a b",
                          "conv1.y[0]]", "conv1.y[0]y", "conv1..y", "a.b.c", "conv1[-1]", "Conv1", "[0]"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_mark_name(bad));
  }
}

TEST_CASE("address: what is out of range is an error that names the key") {
  struct Wrong {
    const char* json;
    const char* code;
    const char* where;
    const char* message;
  };
  const Wrong cases[] = {
      {R"({"step":"155"})", "scene.range", "step", "expected a step from 0 to 154, found 155"},
      {R"({"step":"-1"})", "scene.range", "step", "from 0 to 154"},
      {R"({"step":"1.5"})", "scene.range", "step", "expected a whole number, found \"1.5\""},
      {R"({"step":""})", "scene.range", "step", "whole number"},
      {R"({"step":"99999999999999999999"})", "scene.range", "step", "whole number"},
      {R"({"step":3})", "scene.type", "step", "expected a text"},
      {R"({"term":"11","grain":"product"})", "scene.range", "term", "from 0 to 10, found 11"},
      {R"({"term":"3"})", "scene.range", "term", "at the grain cell"},
      {R"({"grain":"pixel"})", "scene.range", "grain", "one of product, cell, channel, layer"},
      {R"({"theme":"pink"})", "scene.range", "theme", "found \"pink\""},
      {R"({"see":"sideways"})", "scene.range", "see", "found \"sideways\""},
      {R"({"scale":"74"})", "scene.range", "scale", "a size from 75 to 200, found \"74\""},
      {R"({"scale":"201"})", "scene.range", "scale", "a size from 75 to 200"},
      {R"({"scale":"big"})", "scene.range", "scale", "a whole number"},
      {R"({"strip":"yes"})", "scene.range", "strip", "one of 0, 1"},
      {R"({"zoom":"2"})", "scene.unknown_key", "zoom", "scene, step, term"},
      {R"({"step":"1","step":"2"})", "scene.duplicate_key", "step", ""},
      {R"({"scene":"pokket"})", "scene.preset", "scene", "found \"pokket\""},
      {R"({"scene":""})", "scene.preset", "scene", ""},
      {R"({"scene":"{\"backstep\":3}"})", "scene.version", "backstep", ""},
      {R"({"scene":" {\"backstep\":1"})", "scene.json", "line 1, byte 15", ""},
      {R"({"edit":"input[0,0,6]=1"})", "scene.range", "edit", "indices in brackets below [1,6,6]"},
      {R"({"edit":"input[0,0,0]=1e40"})", "scene.range", "edit", "float32"},
      {R"({"edit":"input[0,0,0]=0x10"})", "scene.range", "edit", "a number"},
      {R"({"edit":"input[0,0,0]=inf"})", "scene.range", "edit", "a number"},
      {R"({"edit":"input[0,0,0]="})", "scene.range", "edit", "a number"},
      {R"({"edit":"input[0,0,0]"})", "scene.range", "edit", "equals sign"},
      {R"({"edit":"input=1"})", "scene.range", "edit", "single cell"},
      {R"({"edit":"conv1.y[0,0,0]=1"})", "scene.range", "edit", "starts from"},
      {R"({"edit":"target=2"})", "scene.range", "edit", "a class from 0 to 1"},
      {R"({"edit":"target=0.5"})", "scene.range", "edit", "a class from 0 to 1"},
      {R"({"edit":"dy[0]=1"})", "scene.range", "edit", "starts from"},
      {R"({"edit":"lr=-1"})", "scene.range", "edit", "a learning rate from 0"},
      {R"({"break":"conv1.y[0,1,1];;relu1"})", "scene.range", "break", "names of layers"},
      {R"({"watch":"conv1.y[0,1"})", "scene.range", "watch", "found \"conv1.y[0,1\""},
      {R"([])", "scene.type", "", "expected an object"},
      {R"({"step":)", "scene.json", "line 1, byte 9", ""},
  };
  for (const Wrong& c : cases) {
    CAPTURE(c.json);
    const auto result = parse_address(c.json);
    REQUIRE_FALSE(result);
    CAPTURE(result.error().message);
    CHECK(result.error().code == c.code);
    CHECK(result.error().where == c.where);
    CHECK(result.error().message.find(c.message) != std::string::npos);
  }
}

TEST_CASE("address: a scene of shapes has no steps and no numbers") {
  const std::string scene = json_string(R"({"backstep":1,"input":{"shape":[1,2]},"layers":[{"op":"relu"}]})");
  CHECK(address("{\"scene\":" + scene + "}").scene.shapes_only);
  CHECK(parse_address("{\"scene\":" + scene + R"(,"step":"0"})").error().where == "step");
  CHECK(parse_address("{\"scene\":" + scene + R"(,"edit":"input[0]=1"})").error().where == "edit");
}
