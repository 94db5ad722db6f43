// Single numbers changed: "input[2,3]=5;conv1.w[0,0,1,1]=-2;target=1;lr=0.5".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "../trace.h"
#include "cell_names.h"
#include "json_reader.h"

namespace backstep {

// Changes the named cells; tensors that are not named stay shared. Errors: "scene.range" with where "edit".
void apply_edits(std::string_view edits, Problem& problem, Failure& failure);
Result<Problem> edited(const Problem& problem, std::string_view edits);

// The edits that make `to` of `from`; nothing where more differs than numbers, or more than `most` of them.
std::optional<std::string> edits_between(const Problem& from, const Problem& to, std::size_t most);

// The number that a cell holds, and as the text that an edit gives it back by: shortest, exact.
double source_value(const Problem& problem, const SourceCell& cell);
std::string source_text(const Problem& problem, const SourceCell& cell);

// Whether a cell, or a whole tensor, holds the same in two problems.
bool same_source(const Problem& a, const SourceCell& of_a, const Problem& b, const SourceCell& of_b);

}  // namespace backstep
