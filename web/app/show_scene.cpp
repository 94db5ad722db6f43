#include "web/app/show_scene.h"

#include <utility>

#include "web/app/cursor.h"

namespace backstep::app {

void retrace(Model& model) {
  const std::shared_ptr<const Trace> before = std::move(model.trace);
  std::shared_ptr<Trace> storage = std::move(model.spare);
  if (storage && storage.use_count() > 1) storage.reset();  // somebody reads it still
  const bool runs = !model.state.scene.shapes_only;
  model.trace = runs ? record(model.state.scene.problem, best_isa(), std::move(storage)) : nullptr;
  model.hash = model.trace ? hash_text(model.trace->hash()) : "";
  model.troubles = model.trace ? find_troubles(*model.trace) : std::vector<Trouble>{};
  if (before && model.trace) {
    model.state.scene.cursor = carried_over(*before, *model.trace, model.state.scene.cursor);
  }
  model.spare = std::const_pointer_cast<Trace>(before);
}

void close_all(State& state) {
  state.hover.reset();
  state.pinned.reset();
  state.in_grid = false;
  state.error.reset();
  state.gesture.reset();
  state.field.reset();
  state.menu.reset();
  state.brush.reset();
}

bool is_edited(const State& state) {
  const Problem &a = state.scene.problem, &b = state.original;
  return a.net != b.net || a.parameters != b.parameters || a.input != b.input || a.classes != b.classes ||
         a.target != b.target || a.dy != b.dy;
}

Snapshot snapshot(const State& state) { return {state.scene, state.original, state.input_name}; }

void remember(State& state) { remember(state, snapshot(state)); }

void remember(State& state, Snapshot before) {
  state.undo.push_back(std::move(before));
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
  close_all(state);
  state.revealed.clear();
  state.guess = {};
  state.input_name.clear();
  state.original = scene.problem;
  state.scene = std::move(scene);
  model.spare = std::const_pointer_cast<Trace>(std::exchange(model.trace, nullptr));
  retrace(model);
  if (!model.trace) return;
  Cursor& c = state.scene.cursor;
  c = placed(*model.trace, c.step, c.term, c.grain);
}

}  // namespace backstep::app
