// How a scene becomes what the reader sees; shared by the parts of update().
#pragma once

#include "web/app/state.h"

namespace backstep::app {

// Records the scene's pass. The cursor stays on the cell of the same name, if there is one.
void retrace(Model& model);

// Whether the problem is another one than the scene came with; the same numbers typed again count as others.
bool is_edited(const State& state);

Snapshot snapshot(const State& state);
void remember(State& state);  // for undo
void remember(State& state, Snapshot before);

void stop_playing(State& state);

// What was pinned, open or under way is so no longer.
void close_all(State& state);

// The scene becomes what the reader sees; what belonged to the old one goes.
void show_scene(Model& model, Scene scene, bool undoable);

}  // namespace backstep::app
