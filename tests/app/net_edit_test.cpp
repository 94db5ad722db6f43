// Layers added, removed, moved and changed: only what is possible, with the engine's own reasons for the rest.
#include "web/app/net_edit.h"

#include <doctest/doctest.h>

#include "web/app/update.h"

using namespace backstep;
using namespace backstep::app;

namespace {

const Choice& choice(const std::vector<Choice>& choices, std::string_view value) {
  for (const Choice& c : choices) {
    if (c.value == value) return c;
  }
  FAIL("no choice " << value);
  return choices.front();
}

const AttributeChoices& attribute(const LayerChoices& layer, std::string_view name) {
  for (const AttributeChoices& a : layer.attributes) {
    if (a.name == name) return a;
  }
  FAIL("no attribute " << name);
  return layer.attributes.front();
}

}  // namespace

TEST_CASE("what is offered as possible is, and what is not has the reason that comes of trying") {
  for (const PresetInfo& preset : presets()) {
    CAPTURE(preset.name);
    const Scene scene = *preset_scene(preset.name);
    int possible = 0, impossible = 0;
    const auto check = [&](const Choice& c, const EditLayer& intent) {
      const auto result = edit_layer(scene, intent);
      CAPTURE(c.value);
      REQUIRE(static_cast<bool>(result) == c.problem.empty());
      if (!result) {
        CHECK(result.error().message == c.problem);
        ++impossible;
        return;
      }
      ++possible;
      REQUIRE(check_problem(result->problem));
      // It is a scene like any other.
      const auto again = parse_scene(write_scene(*result));
      REQUIRE_MESSAGE(again, (again ? "" : again.error().text()));
      CHECK(record(again->problem)->hash() == record(result->problem)->hash());
    };
    const auto layers = layer_choices(scene);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const int layer = static_cast<int>(i) - 1;
      CAPTURE(layers[i].name);
      for (const Choice& c : layers[i].adds) check(c, {layer, "", "", c.value});
      for (const Choice& c : layers[i].acts) check(c, {layer, "", "", c.value});
      for (const AttributeChoices& a : layers[i].attributes) {
        CAPTURE(a.name);
        for (const Choice& c : a.choices) check(c, {layer, a.name, c.value, ""});
      }
      if (preset.name == "tiny-cnn") break;  // the others have every kind of layer that it has
    }
    CHECK(possible > 0);
    CHECK(impossible > 0);
  }
}

TEST_CASE("an impossible kernel is explained by the formula of the output's size") {
  const auto layers = layer_choices(*preset_scene("pocket"));
  const Choice& seven = choice(attribute(layers[1], "kernel").choices, "7");
  CHECK(seven.problem.find("floor(") != std::string::npos);
  CHECK(choice(attribute(layers[1], "kernel").choices, "3").problem.empty());
  CHECK(choice(layers[1].acts, "up").problem == "it is the first layer");
  // With six conv1 itself is possible, but no longer what comes after it.
  CHECK(choice(attribute(layers[1], "kernel").choices, "6").problem.starts_with("in pool1: "));
}

TEST_CASE("weights that still fit are kept, the others drawn; undo brings everything back") {
  Model model = initial_model();
  const std::string hash = model.hash;
  const auto old = model.state.scene.problem.parameters;
  update(model, EditLayer{0, "", "", "relu"});
  REQUIRE_FALSE(model.state.error);
  CHECK(model.trace->net().name_of(1) == "relu1");
  const auto& kept = *model.state.scene.problem.parameters;
  CHECK(same_bits(kept.layers[0].w, old->layers[0].w));
  CHECK(same_bits(kept.layers.back().w, old->layers.back().w));
  update(model, EditLayer{0, "padding", "1", ""});  // the dense layer has more inputs now
  REQUIRE_FALSE(model.state.error);
  const auto& grown = *model.state.scene.problem.parameters;
  CHECK(same_bits(grown.layers[0].w, old->layers[0].w));
  CHECK(grown.layers.back().w.count() > old->layers.back().w.count());
  CHECK(same_bits(grown.layers.back().b, old->layers.back().b));
  const Seed seed;
  CHECK(
      same_bits(grown.layers.back().w, initial_parameters(model.trace->net(), seed.value, seed.rule).layers.back().w));
  update(model, Undo{});
  update(model, Undo{});
  CHECK(model.hash == hash);
}

TEST_CASE("after an edit of the net the cursor is at the cell of the same name, else at the layer's first") {
  Model model = initial_model();
  update(model, GoTo{"conv1.y[0,3,3]"});
  update(model, EditLayer{0, "", "", "relu"});
  CHECK(model.trace->steps().name(model.step()) == "conv1.y[0,3,3]");
  update(model, EditLayer{0, "kernel", "4", ""});
  REQUIRE_FALSE(model.state.error);
  CHECK(model.trace->steps().name(model.step()) == "conv1.y[0,0,0]");
}

TEST_CASE("nonsense is refused") {
  Model model = initial_model();
  const std::string hash = model.hash;
  for (const EditLayer& wrong :
       {EditLayer{99, "", "", "remove"}, EditLayer{-1, "", "", "remove"}, EditLayer{-2, "", "", "relu"},
        EditLayer{0, "kernel", "0", ""}, EditLayer{0, "kernel", "[3", ""}, EditLayer{0, "kernel", "3,\"stride\":2", ""},
        EditLayer{0, "colour", "1", ""}, EditLayer{0, "out", "16777216", ""}, EditLayer{0, "", "", "no such"},
        EditLayer{4, "out", "1", ""}}) {
    update(model, wrong);
    CHECK(model.state.error);
    CHECK(model.hash == hash);
    update(model, DismissError{});
  }
  CHECK(model.state.undo.empty());
}
