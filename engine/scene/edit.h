// Single numbers changed by an address: "input[2,3]=5;conv1.w[0,0,1,1]=-2;target=1".
#pragma once

#include <string_view>

#include "../trace.h"
#include "json_reader.h"

namespace backstep {

// Changes the named cells; tensors that are not named stay shared. Errors: "scene.range" with where "edit".
void apply_edits(std::string_view edits, Problem& problem, Failure& failure);

}  // namespace backstep
