// Cells as the reader speaks of them: their names, whether they can be changed, the steps that compute them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/scene/cell_names.h"
#include "web/app/state.h"

namespace backstep::app {

// The tensor cell that a pass starts from; nothing for what is computed.
std::optional<SourceCell> source_at(const Model& model, const CellAt& cell);

// "input[0,2,3]", "conv1.y[0,1,1]": whoever sees the cell, its name is that of the layer that makes it. Empty where it
// has none.
std::string name_of(const Model& model, const CellAt& cell);

// Whether the scene says that the reader may not change it.
bool is_locked(const Scene& scene, const SourceCell& cell);

// The step that computes a cell; -1 where it is given.
std::int64_t step_of(const Model& model, const CellAt& cell);

// The gradient with respect to a cell, as the same layer sees it; nothing for what has none.
std::optional<CellAt> gradient_of(const CellAt& cell);

// The number of a cell by its name, at the cursor: known cells alone have one, and covered ones are "?".
struct CellText {
  bool found = false;  // the network has such a cell
  std::string value;   // "not yet" before it is computed
  std::string gradient;
};
CellText cell_text(const Model& model, std::string_view name);

}  // namespace backstep::app
