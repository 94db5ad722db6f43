#include "web/app/show_scene.h"

#include <utility>

#include "web/app/cursor.h"

namespace backstep::app {

void retrace(Model& model) {
  const std::shared_ptr<const Trace> before = model.trace;
  model.trace = model.state.scene.shapes_only ? nullptr : record(model.state.scene.problem);
  model.hash = model.trace ? hash_text(model.trace->hash()) : "";
  if (before && model.trace) {
    model.state.scene.cursor = carried_over(*before, *model.trace, model.state.scene.cursor);
  }
}

Snapshot snapshot(const State& state) { return {state.scene, state.original, state.input_name}; }

void remember(State& state) {
  state.undo.push_back(snapshot(state));
  if (state.undo.size() > kMaxUndo) state.undo.erase(state.undo.begin());
  state.redo.clear();
}

void stop_playing(State& state) {
  state.playing = false;
  state.since_step = 0.0;
}

void show_scene(Model& model, Scene scene, bool undoable) {
  State& state = model.state;
  if (undoable) remember(state);
  stop_playing(state);
  state.hover.reset();
  state.pinned.reset();
  state.in_grid = false;
  state.revealed.clear();
  state.guess = {};
  state.error.reset();
  state.input_name.clear();
  state.original = scene.problem;
  state.scene = std::move(scene);
  model.trace = nullptr;
  retrace(model);
  if (!model.trace) return;
  Cursor& c = state.scene.cursor;
  c = placed(*model.trace, c.step, c.term, c.grain);
}

}  // namespace backstep::app
