// The one writer of the state.
#pragma once

#include "web/app/intent.h"
#include "web/app/state.h"

namespace backstep::app {

// The model of the default scene, or of whatever the address says.
Model initial_model();

// Carries out an intent. Errors never change the scene: they are kept in state.error with the sentence to show.
void update(Model& model, const Intent& intent);

// Seconds between two moves of play at a grain.
double play_interval(Grain grain);

}  // namespace backstep::app
