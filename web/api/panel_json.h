// The layers and what can be done with them, for the panel in the DOM.
#pragma once

#include <string>

#include "web/app/state.h"

namespace backstep::api {

// {"layers":[{"name","shapes","attributes":[{"name","value","choices":[…]}],"acts":[…],"adds":[…]}]}, each choice
// {"value","label","problem"}.
std::string panel_json(const Scene& scene);

// {"cell","value","selected","x","y","w","h"}, or null while no field is open; lengths in CSS pixels of the canvas.
struct Place {
  float x = 0, y = 0, w = 0, h = 0;
};
std::string field_json(const app::State& state, const Place& place);

}  // namespace backstep::api
