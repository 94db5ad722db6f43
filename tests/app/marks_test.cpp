// Breakpoints and watches: where play stops, what is said of cells that are not computed yet or lost.
#include "web/app/marks.h"

#include <doctest/doctest.h>

#include "engine/format.h"
#include "web/app/cells.h"
#include "web/app/update.h"

using namespace backstep;
using namespace backstep::app;

namespace {

std::string cell_of(const Model& model) { return model.trace->steps().name(model.step()); }

void play_to_the_end(Model& model) {
  update(model, SetPlaying{true});
  for (int i = 0; i < 400 && model.state.playing; ++i) update(model, Tick{play_interval(model.cursor().grain)});
}

}  // namespace

TEST_CASE("playing stops at a cell, at a layer in each of its phases, and at a tensor") {
  Model model = initial_model();
  update(model, ToggleBreakpoint{"conv1.y[0,1,1]"});
  update(model, ToggleBreakpoint{"relu1"});
  update(model, ToggleBreakpoint{"conv1.db"});
  std::vector<std::string> stops;
  for (int i = 0; i < 5; ++i) {
    play_to_the_end(model);
    stops.push_back(cell_of(model));
  }
  const std::vector<std::string> expected{"conv1.y[0,1,1]", "relu1.y[0,0,0]", "relu1.dx[0,0,0]", "conv1.db[0]",
                                          model.trace->steps().name(model.steps() - 1)};
  CHECK(stops == expected);
  // The same by run, there and back.
  update(model, SeekEnd{false});
  for (int i = 0; i < 4; ++i) {
    update(model, RunToBreak{1});
    CHECK(cell_of(model) == expected[static_cast<std::size_t>(i)]);
  }
  for (int i = 2; i >= 0; --i) {
    update(model, RunToBreak{-1});
    CHECK(cell_of(model) == expected[static_cast<std::size_t>(i)]);
  }
  update(model, RunToBreak{-1});
  CHECK(model.step() == 0);
}

TEST_CASE("a breakpoint inside a coarse group is stopped at by itself") {
  Model model = initial_model();
  update(model, ToggleBreakpoint{"relu1.y[0,1,1]"});
  update(model, SetGrain{Grain::layer});
  play_to_the_end(model);
  CHECK(cell_of(model) == "relu1.y[0,1,1]");
  CHECK(model.cursor().grain == Grain::cell);
  update(model, ToggleBreakpoint{"relu1.y[0,1,1]"});
  update(model, ToggleBreakpoint{"relu1"});
  update(model, SetGrain{Grain::layer});
  update(model, SeekEnd{false});
  update(model, RunToBreak{1});
  CHECK(model.cursor().grain == Grain::layer);
  CHECK(model.trace->steps().block_of(model.step()).first < model.step());
  update(model, RunToBreak{1});
  CHECK(phase_name(model.trace->steps().block_of(model.step()).phase) == std::string("backward"));
}

TEST_CASE("without a breakpoint run says so; a name that is none is refused") {
  Model model = initial_model();
  update(model, RunToBreak{1});
  CHECK(model.state.error);
  update(model, ToggleBreakpoint{"conv1.y[0"});
  REQUIRE(model.state.error);
  CHECK(model.state.error->code == "edit.name");
  CHECK(model.state.scene.breakpoints.empty());
}

TEST_CASE("a watch has its value and gradient once they are computed, and outlives its cell") {
  Model model = initial_model();
  update(model, ToggleWatch{"conv1.y[0,1,1]"});
  CHECK(model.state.panel);
  CHECK(cell_text(model, "conv1.y[0,1,1]").value == "not yet");
  update(model, GoTo{"conv1.y[0,1,1]"});
  const CellText text = cell_text(model, "conv1.y[0,1,1]");
  CHECK(text.value == format_number(static_cast<double>(model.trace->value(model.step()))));
  CHECK(text.gradient == "not yet");
  update(model, SeekEnd{true});
  CHECK(cell_text(model, "conv1.y[0,1,1]").gradient != "not yet");
  CHECK(cell_text(model, "conv1.w[0,0,1,1]").value ==
        format_number(static_cast<double>(model.trace->problem().parameters->layers[0].w[4])));
  CHECK(cell_text(model, "input[0,2,3]").gradient != "");
  CHECK(cell_text(model, "loss.value").gradient == "");
  CHECK_FALSE(cell_text(model, "conv9.y[0,0,0]").found);

  update(model, ToggleBreakpoint{"conv1.y[0,3,3]"});
  update(model, EditLayer{0, "kernel", "4", ""});
  REQUIRE_FALSE(model.state.error);
  CHECK(model.state.scene.breakpoints == std::vector<std::string>{"conv1.y[0,3,3]"});
  CHECK(breaks(model).front().steps.empty());
  CHECK(cell_text(model, "conv1.y[0,1,1]").found);
  const auto again = parse_scene(write_scene(model.state.scene));
  REQUIRE(again);
  CHECK(again->breakpoints == model.state.scene.breakpoints);
  CHECK(again->watches == model.state.scene.watches);
  update(model, Undo{});
  CHECK(breaks(model).front().steps.size() == 1);
  update(model, Undo{});
  CHECK(model.state.scene.breakpoints.empty());
}

TEST_CASE("a covered watch is a question mark") {
  Model model = initial_model();
  model.state.scene.covers = {"conv1.y"};
  update(model, GoTo{"conv1.y[0,1,1]"});
  CHECK(cell_text(model, "conv1.y[0,1,1]").value == "?");
}
