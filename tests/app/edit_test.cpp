// Numbers changed in place: by typing, stepping, dragging and the brush; locks, undo, and the link that brings an edit
// back.
#include "engine/scene/edit.h"

#include <doctest/doctest.h>

#include "engine/format.h"
#include "engine/rng.h"
#include "engine/scene/cell_names.h"
#include "engine/scene/json_text.h"
#include "web/app/cells.h"
#include "web/app/edit_update.h"
#include "web/app/keys.h"
#include "web/app/mirror.h"
#include "web/app/update.h"

using namespace backstep;
using namespace backstep::app;

namespace {

// A model of the scene with its document read anew: nothing of the editing is left in it.
Model reopened(const Model& model) {
  Model fresh = initial_model();
  update(fresh, LoadScene{write_scene(model.state.scene)});
  REQUIRE_FALSE(fresh.state.error);
  return fresh;
}

// The model that the address of this one leads to.
Model by_link(const Model& model) {
  const AddressFields fields = address_fields(model);
  std::string json = "{\"scene\":" + json_string(fields.preset.empty() ? fields.document : fields.preset);
  for (const auto& [key, value] : fields.overrides) json += ",\"" + std::string(key) + "\":" + json_string(value);
  Model fresh = initial_model();
  update(fresh, LoadAddress{json + "}"});
  REQUIRE_MESSAGE(!fresh.state.error, (fresh.state.error ? fresh.state.error->text() : ""));
  return fresh;
}

void check_all_ways(const Model& model) {
  CHECK(reopened(model).hash == model.hash);
  const Model linked = by_link(model);
  CHECK(linked.hash == model.hash);
  CHECK(linked.step() == model.step());
  CHECK(linked.state.scene.breakpoints == model.state.scene.breakpoints);
  CHECK(linked.state.scene.watches == model.state.scene.watches);
}

// Every tensor that a pass starts from.
std::vector<SourceCell> sources(const Problem& problem) {
  using Source = SourceCell::Tensor;
  std::vector<SourceCell> out{{Source::input, 0, problem.input->count()}};
  if (problem.dy) out.push_back({Source::dy, 0, problem.dy->count()});
  if (problem.classes) out.push_back({Source::target, 0, problem.classes->count()});
  if (problem.net->loss()) out.push_back({Source::rate, 0, 1});
  for (int i = 0; i < problem.net->layer_count(); ++i) {
    const Parameters::Pair& pair = problem.parameters->layers[static_cast<std::size_t>(i)];
    if (!pair.w.empty()) out.push_back({Source::w, i, pair.w.count()});
    if (!pair.b.empty()) out.push_back({Source::b, i, pair.b.count()});
  }
  return out;
}

}  // namespace

TEST_CASE("a link keeps what is covered") {
  Model model = initial_model();
  update(model, Cover{"conv1.y[0,1,1]"});
  const Model linked = by_link(model);
  CHECK(linked.state.scene.covers == std::vector<std::string>{"conv1.y[0,1,1]"});
  CHECK(linked.hash == model.hash);
}

TEST_CASE("an edit of any cell at any step equals a fresh scene with that value, and undo returns the hash") {
  Rng rng(20);
  for (const PresetInfo& preset : presets()) {
    if (preset.name == "tiny-cnn") continue;  // as large as all others together; the next case has it
    CAPTURE(preset.name);
    Model model = initial_model();
    update(model, LoadPreset{std::string(preset.name)});
    std::vector<std::string> hashes{model.hash};
    for (int round = 0; round < 24; ++round) {
      update(model, Seek{rng.below(model.steps()), -1});
      const std::string cell = model.trace->steps().name(model.step());
      const auto all = sources(model.state.scene.problem);
      SourceCell source = all[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(all.size())))];
      source.index = rng.below(source.index);
      const std::string name = source_name(*model.state.scene.problem.net, source);
      const bool is_class = source.tensor == SourceCell::Tensor::target;
      const std::string value =
          is_class ? std::to_string(rng.below(2)) : format_exact(static_cast<float>(rng.uniform()));
      CAPTURE(name);
      const bool same = source_text(model.state.scene.problem, source) == value;
      update(model, SetCell{name, value});
      REQUIRE_FALSE(model.state.error);
      CHECK(source_text(model.state.scene.problem, source) == value);
      CHECK(model.trace->steps().name(model.step()) == cell);
      check_all_ways(model);
      if (!same) hashes.push_back(model.hash);
    }
    const std::vector<std::string> done = hashes;
    while (!model.state.undo.empty()) {
      hashes.pop_back();
      if (hashes.empty()) break;  // the preset itself was loaded over another scene
      update(model, Undo{});
      CHECK(model.hash == hashes.back());
    }
    for (std::size_t i = 1; i < done.size(); ++i) {
      update(model, Redo{});
      if (i + 1 == done.size()) CHECK(model.hash == done.back());
    }
  }
}

TEST_CASE("a weight of tiny-cnn: the link names the edit, not the whole network") {
  Model model = initial_model();
  update(model, LoadPreset{"tiny-cnn"});
  const std::string hash = model.hash;
  update(model, SetCell{"conv1.w[0,0,1,1]", "0.25"});
  CHECK(model.hash != hash);
  CHECK(address_fields(model).preset == "tiny-cnn");
  check_all_ways(model);
  Model linked = by_link(model);
  update(linked,
         SetCell{"conv1.w[0,0,1,1]", source_text(preset_scene("tiny-cnn")->problem, {SourceCell::Tensor::w, 0, 4})});
  CHECK(linked.hash == hash);
  // An edit that came by the link is told by the next link as well.
  CHECK(by_link(by_link(model)).hash == model.hash);
}

TEST_CASE("numbers are understood as people write them, and what is no number changes nothing") {
  Model model = initial_model();
  const std::string hash = model.hash;
  update(model, SetCell{"input[0,0,0]", "\u22121,5"});
  CHECK((*model.state.scene.problem.input)[0] == -1.5F);
  update(model, Undo{});
  for (const char* wrong : {"", "abc", "1e99", "nan", "1;input[0,0,1]=2", "--1"}) {
    CAPTURE(wrong);
    update(model, SetCell{"input[0,0,0]", wrong});
    CHECK(model.state.error);
    CHECK(model.hash == hash);
  }
  update(model, SetCell{"target", "2"});
  CHECK(model.state.error);
  update(model, SetCell{"lr", "-1"});
  CHECK(model.state.error);
  CHECK(model.hash == hash);
  CHECK(model.state.undo.empty());
}

TEST_CASE("a computed cell and a locked one say so") {
  Model model = initial_model();
  const std::string hash = model.hash;
  update(model, SetCell{"conv1.y[0,0,0]", "1"});
  REQUIRE(model.state.error);
  CHECK(model.state.error->code == "edit.computed");
  model.state.scene.locks = {"conv1.w", "input[0,0,1]", "target", "lr"};
  for (const char* cell : {"conv1.w[0,0,0,0]", "input[0,0,1]", "target", "lr"}) {
    CAPTURE(cell);
    update(model, SetCell{cell, "1"});
    REQUIRE(model.state.error);
    CHECK(model.state.error->code == "edit.locked");
  }
  // By whatever road.
  update(model, DismissError{});
  update(model, SetTarget{1});
  REQUIRE(model.state.error);
  CHECK(model.state.error->code == "edit.locked");
  update(model, SetBrush{2.0F});
  update(model, PaintInput{{0, 1}});
  CHECK(model.state.error->code == "edit.locked");
  update(model, FillKernel{"conv1.w[0,0,0,0]", "box", 0});
  CHECK(model.state.error->code == "edit.locked");
  update(model, EditLayer{0, "kernel", "2", ""});
  CHECK(model.state.error->code == "edit.locked");
  CHECK(model.hash == hash);
  update(model, SetCell{"input[0,0,0]", "7"});
  CHECK_FALSE(model.state.error);
  CHECK(model.hash != hash);
}

TEST_CASE("a drag is one entry of undo, goes from where it began, and takes its step from the tensor") {
  Model model = initial_model();
  const std::string hash = model.hash;
  const float before = model.state.scene.problem.parameters->layers[0].w[4];
  for (int by = 1; by <= 5; ++by) update(model, ScrubCell{"conv1.w[0,0,1,1]", by});
  CHECK(model.state.scene.problem.parameters->layers[0].w[4] == before + 5);
  update(model, ScrubCell{"conv1.w[0,0,1,1]", -3});
  update(model, EndGesture{});
  CHECK(model.state.scene.problem.parameters->layers[0].w[4] == before - 3);
  CHECK(model.state.undo.size() == 1);
  check_all_ways(model);
  update(model, ScrubCell{"conv1.w[0,0,1,1]", 1});
  update(model, EndGesture{});
  CHECK(model.state.undo.size() == 2);
  update(model, Undo{});
  update(model, Undo{});
  CHECK(model.hash == hash);
  // Decimals stay decimals, however many steps.
  for (int by = -1; by >= -7; --by) update(model, ScrubCell{"lr", by});
  update(model, EndGesture{});
  const SourceCell rate{SourceCell::Tensor::rate, 0, 0};
  CHECK(source_text(model.state.scene.problem, rate) == "0.003");
  CHECK(model.state.undo.size() == 1);
}

TEST_CASE("recording into the storage of the trace before gives what a new one gives") {
  Model model = initial_model();
  update(model, LoadPreset{"tiny-cnn"});
  const Trace* first = nullptr;
  for (int by = 1; by <= 6; ++by) {
    update(model, ScrubCell{"conv1.w[0,0,1,1]", by});
    CHECK(model.hash == hash_text(record(model.state.scene.problem)->hash()));
    // Two traces take turns.
    if (by == 2) first = model.trace.get();
    if (by == 4 || by == 6) CHECK(model.trace.get() == first);
  }
}

TEST_CASE("a stroke of the brush is one entry of undo") {
  Model model = initial_model();
  update(model, Seek{model.steps() - 1, -1});
  const std::string hash = model.hash;
  update(model, SetBrush{9.0F});
  CHECK(model.step() == 0);  // where the input is in sight
  update(model, PaintInput{{0}});
  update(model, PaintInput{{1, 7}});
  update(model, PaintInput{{-1, 999}});
  update(model, EndGesture{});
  const Tensor& input = *model.state.scene.problem.input;
  CHECK(input[0] == 9.0F);
  CHECK(input[7] == 9.0F);
  CHECK(model.state.undo.size() == 1);
  check_all_ways(model);
  update(model, Undo{});
  CHECK(model.hash == hash);
}

TEST_CASE("the keys edit: typing, steps, the next grid, the menu") {
  Model model = initial_model();
  const auto press = [&](Key key, bool shift = false) {
    if (const auto intent = intent_of_key(key, shift, model)) update(model, *intent);
  };
  CHECK_FALSE(intent_of_text('5', model));
  press(Key::enter);
  REQUIRE(model.state.pinned);
  update(model, *intent_of_text('5', model));
  REQUIRE(model.state.error);  // Y is computed
  press(Key::escape);
  press(Key::grid);
  CHECK(name_of(model, *model.state.pinned) == "input[0,0,0]");
  press(Key::grid);
  CHECK(name_of(model, *model.state.pinned) == "conv1.w[0,0,0,0]");
  press(Key::grid, true);
  update(model, *intent_of_text('1', model));
  update(model, *intent_of_text('2', model));
  REQUIRE(model.state.field);
  CHECK(model.state.field->value == "12");
  press(Key::enter);
  CHECK_FALSE(model.state.field);
  CHECK((*model.state.scene.problem.input)[0] == 12.0F);
  press(Key::more);
  CHECK((*model.state.scene.problem.input)[0] == 13.0F);
  press(Key::less, true);
  CHECK((*model.state.scene.problem.input)[0] == 3.0F);
  press(Key::undo);
  press(Key::undo);
  press(Key::undo);
  CHECK(model.hash == initial_model().hash);
  CHECK(model.state.pinned);  // an undo leaves the reader at the cell
  press(Key::menu);
  REQUIRE(model.state.menu);
  press(Key::up);
  press(Key::enter);  // the last entry of an input cell's menu
  CHECK_FALSE(model.state.menu);
  press(Key::escape);
}

TEST_CASE("undo is 200 deep, keeps the cursor at its cell and the view as it is") {
  Model model = initial_model();
  for (int i = 0; i < 230; ++i) update(model, SetCell{"input[0,0,0]", std::to_string(i + 100)});
  CHECK(model.state.undo.size() == kMaxUndo);
  update(model, GoTo{"conv1.dw[0,0,1,2]"});
  update(model, SetTheme{Theme::dark});
  update(model, Undo{});
  CHECK((*model.state.scene.problem.input)[0] == 328.0F);
  CHECK(model.trace->steps().name(model.step()) == "conv1.dw[0,0,1,2]");
  CHECK(model.state.scene.view.theme == Theme::dark);
}
