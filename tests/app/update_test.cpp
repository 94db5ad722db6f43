// update() as the page uses it: every intent, its errors, undo, and what mirror and address say of it.
#include "web/app/update.h"

#include <doctest/doctest.h>

#include <map>

#include "engine/narration.h"
#include "web/app/keys.h"
#include "web/app/mirror.h"

using namespace backstep;
using namespace backstep::app;

namespace {

std::map<std::string, std::string> mirror_of(const Model& model) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : mirror_fields(model)) out[std::string(name)] = value;
  return out;
}

std::string override_of(const Model& model, std::string_view key) {
  for (const auto& [name, value] : address_fields(model).overrides) {
    if (name == key) return value;
  }
  return "";
}

}  // namespace

TEST_CASE("the page opens on the pocket net, at the first cell") {
  const Model model = initial_model();
  auto mirror = mirror_of(model);
  CHECK(mirror["scene"] == "pocket");
  CHECK(mirror["step"] == "0");
  CHECK(mirror["steps"] == "155");
  CHECK(mirror["cell"] == "conv1.y[0,0,0]");
  CHECK(mirror["phase"] == "forward");
  CHECK(mirror["grain"] == "cell");
  CHECK(mirror["term"] == "10");
  CHECK(mirror["narration"] == narrate(*model.trace, 0));
  CHECK(mirror["hash"] == hash_text(model.trace->hash()));
}

TEST_CASE("narration on the way back equals the one on the way out") {
  Model model = initial_model();
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < model.steps(); ++i) {
    out.push_back(mirror_of(model)["narration"]);
    update(model, Move{1});
  }
  CHECK(model.step() == 154);
  for (std::int64_t i = model.steps() - 1; i >= 0; --i) {
    CHECK(mirror_of(model)["narration"] == out[static_cast<std::size_t>(i)]);
    update(model, Move{-1});
  }
  CHECK(model.step() == 0);
}

TEST_CASE("a step reached by seek equals the step reached by play") {
  Model played = initial_model();
  Model sought = initial_model();
  update(played, SetPlaying{true});
  for (std::int64_t step = 1; step < played.steps(); ++step) {
    update(played, Tick{play_interval(Grain::cell)});
    update(sought, Seek{step});
    REQUIRE(played.step() == step);
    CHECK(mirror_of(played)["narration"] == mirror_of(sought)["narration"]);
  }
  CHECK_FALSE(played.state.playing);  // play stops at the end
}

TEST_CASE("what is out of range is an error with a sentence and changes nothing else") {
  Model model = initial_model();
  update(model, Seek{5});
  update(model, Seek{155});
  REQUIRE(model.state.error);
  CHECK(model.state.error->text() == "step: expected a step from 0 to 154, found 155");
  CHECK(model.step() == 5);
  update(model, DismissError{});
  CHECK_FALSE(model.state.error);
  update(model, Seek{0, 11});
  CHECK(model.state.error->where == "term");
  update(model, GoTo{"conv1.y[0,9,9]"});
  CHECK(model.state.error);
  update(model, parse_intent("grain", "tiny"));
  CHECK(model.state.error->message == "expected product, cell, channel or layer, found \"tiny\"");
  update(model, LoadPreset{"no such scene"});
  CHECK(model.state.error);
  CHECK(model.state.scene.name == "pocket");
  CHECK(model.step() == 5);
}

TEST_CASE("a target outside the classes is refused, another one changes loss and hash, undo brings the hash back") {
  Model model = initial_model();
  const std::string hash = model.hash;
  update(model, GoTo{"loss.value"});
  update(model, SetTarget{2});
  CHECK(model.state.error);
  CHECK(model.hash == hash);
  update(model, SetTarget{1});
  CHECK_FALSE(model.state.error);
  CHECK(model.hash != hash);
  CHECK(mirror_of(model)["cell"] == "loss.value");
  CHECK(mirror_of(model)["target"] == "1");
  CHECK(address_fields(model).preset == "pocket");
  CHECK(override_of(model, "edit") == "target[0]=1");
  update(model, Undo{});
  CHECK(model.hash == hash);
  CHECK(address_fields(model).preset == "pocket");
  CHECK(override_of(model, "edit").empty());
  update(model, Redo{});
  CHECK(model.hash != hash);
  update(model, ResetInput{});
  CHECK(model.hash == hash);
}

TEST_CASE("another scene is undoable and leaves no pin behind") {
  Model model = initial_model();
  const std::string hash = model.hash;
  update(model, Seek{20});
  update(model, Pin{CellAt{0, Slot::w, 4}});
  update(model, LoadPreset{"single-conv"});
  CHECK(model.state.scene.name == "single-conv");
  CHECK_FALSE(model.state.pinned);
  CHECK(model.step() == 0);
  update(model, Undo{});
  CHECK(model.hash == hash);
  CHECK(model.step() == 20);
}

TEST_CASE("the keys of the contract") {
  Model model = initial_model();
  const auto press = [&](Key key, bool shift = false) {
    const auto intent = intent_of_key(key, shift, model);
    if (intent) update(model, *intent);
    return intent.has_value();
  };
  press(Key::right);
  CHECK(model.step() == 1);
  press(Key::page_down);
  CHECK(model.step() == 2);
  press(Key::left);
  press(Key::page_up);
  CHECK(model.step() == 0);
  press(Key::right, true);
  CHECK(mirror_of(model)["cell"] == "relu1.y[0,0,0]");
  press(Key::left, true);
  press(Key::up);
  CHECK(mirror_of(model)["grain"] == "channel");
  press(Key::up);
  press(Key::up);
  CHECK(mirror_of(model)["grain"] == "layer");
  press(Key::down);
  press(Key::down);
  press(Key::down);
  CHECK(mirror_of(model)["grain"] == "product");
  press(Key::home);
  CHECK(mirror_of(model)["step"] + ":" + mirror_of(model)["term"] == "0:0");
  press(Key::right);
  CHECK(mirror_of(model)["term"] == "1");
  press(Key::end);
  CHECK(mirror_of(model)["step"] == "154");
  press(Key::space);
  CHECK(model.state.playing);
  press(Key::space);
  CHECK_FALSE(model.state.playing);
  CHECK_FALSE(press(Key::escape));  // not in the grid: the page gives the focus back
  press(Key::enter);
  CHECK(model.state.in_grid);
  press(Key::left);
  CHECK(model.step() == 0);
  CHECK(press(Key::escape));
  CHECK_FALSE(model.state.in_grid);
  press(Key::question);
  CHECK(model.state.show_keys);
  CHECK_FALSE(press(Key::other));
}

TEST_CASE("the grid cursor stays inside the plane") {
  Model model = initial_model();
  update(model, EnterGrid{});
  for (int i = 0; i < 9; ++i) update(model, MoveInGrid{1, 1});
  CHECK(model.state.pinned->index == 15);
  for (int i = 0; i < 9; ++i) update(model, MoveInGrid{-1, -1});
  CHECK(model.state.pinned->index == 0);
}

TEST_CASE("known counts what is computed at the cursor") {
  Model model = initial_model();
  CHECK(model.known(0, Slot::x) == 36);
  CHECK(model.known(0, Slot::y) == 1);
  CHECK(model.known(1, Slot::x) == 1);
  CHECK(model.known(1, Slot::y) == 0);
  update(model, SetGrain{Grain::product});
  CHECK(model.known(0, Slot::y) == 1);
  update(model, Move{-1});
  CHECK(model.known(0, Slot::y) == 0);
  update(model, SeekEnd{true});
  CHECK(model.known(0, Slot::dw) == 9);
  CHECK(model.known(4, Slot::x) == 4);  // through flatten, from the pool
  CHECK(model.known(0, Slot::w_next) == 9);
}

TEST_CASE("address overrides follow the cursor and the view") {
  Model model = initial_model();
  update(model, Seek{7, 3});
  CHECK(override_of(model, "step") == "7");
  CHECK(override_of(model, "term") == "3");
  CHECK(override_of(model, "grain") == "product");
  update(model, SetTheme{Theme::dark});
  CHECK(override_of(model, "theme") == "dark");
  update(model, SetScale{110});
  CHECK(override_of(model, "scale") == "110");
}

TEST_CASE("sizes go through their list from wherever they are, and no further than its ends") {
  Model model = initial_model();
  const int& scale = model.state.scene.view.scale;
  update(model, ChangeScale{1});
  CHECK(scale == 110);
  update(model, SetScale{120});
  update(model, ChangeScale{-1});
  CHECK(scale == 110);
  update(model, SetScale{120});
  update(model, ChangeScale{1});
  CHECK(scale == 125);
  update(model, ChangeScale{9});
  CHECK(scale == 200);
  update(model, ChangeScale{-99});
  CHECK(scale == 75);
  update(model, parse_intent("scale", "201"));
  REQUIRE(model.state.error);
  CHECK(model.state.error->message == "expected a size from 75 to 200, found 201");
  CHECK(scale == 75);
  update(model, parse_intent("scale", "100"));
  CHECK(scale == 100);
  // A scene of its own keeps it, a preset leaves it alone.
  update(model, SetScale{150});
  update(model, LoadPreset{"max-pool"});
  CHECK(scale == 150);
}

TEST_CASE("the field goes to cells and steps, and says what a name should look like") {
  Model model = initial_model();
  update(model, parse_intent("go", " conv1.y[0, 1, 1] "));
  CHECK(model.trace->steps().name(model.step()) == "conv1.y[0,1,1]");
  update(model, parse_intent("go", "41"));
  CHECK(model.step() == 41);
  for (const char* wrong :
       {"conv1.q[0,0,0]", "conv9.y[0,0,0]", "conv1.y[0,9,9]", "155", "-1", "99999999999999999999"}) {
    update(model, parse_intent("go", wrong));
    CAPTURE(wrong);
    CHECK(model.state.error);
    CHECK(model.step() == 41);
  }
  update(model, parse_intent("go", "loss.value"));
  CHECK_FALSE(model.state.error);
}

TEST_CASE("the first troubles of a pass are known as soon as it is recorded") {
  Model model = initial_model();
  CHECK(model.troubles.empty());
  update(model, LoadAddress{R"({"edit":"conv1.b[0]=-100"})"});
  REQUIRE(model.troubles.size() == 1);
  CHECK(model.troubles[0].kind == TroubleKind::dead_gates);
  CHECK(model.trace->steps().name(model.troubles[0].step) == "relu1.y[0,3,3]");
}

TEST_CASE("an address that cannot be read is an error and the default scene") {
  Model model = initial_model();
  update(model, LoadPreset{"single-conv"});
  update(model, LoadAddress{R"({"scene":"pocket","step":"155"})"});
  REQUIRE(model.state.error);
  CHECK(model.state.error->where == "step");
  CHECK(model.state.scene.name == "pocket");
  CHECK(model.step() == 0);
  update(model, Undo{});
  CHECK(model.state.scene.name == "single-conv");
  update(model, LoadAddress{R"({"scene":"pocket","step":"114","grain":"cell"})"});
  CHECK_FALSE(model.state.error);
  CHECK(model.step() == 114);
}
