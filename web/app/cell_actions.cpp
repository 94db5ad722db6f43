#include "web/app/cell_actions.h"

#include <algorithm>

#include "engine/scene/edit.h"
#include "web/app/cells.h"
#include "web/app/kernel_patterns.h"

namespace backstep::app {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_change(const Model& model, const CellAt& cell, const std::string& name, std::vector<CellAction>& out) {
  const Scene& scene = model.state.scene;
  const auto source = source_at(model, cell);
  if (source) {
    const bool locked = is_locked(scene, *source);
    out.push_back({"Set the value…", locked ? "locked" : name, OpenField{name}, !locked, true});
    if (!locked && source->tensor == SourceCell::Tensor::input) out.push_back({"Paint the input", "", TogglePaint{}});
    if (!locked && kernel_plane(model, cell)) out.push_back({"Fill the kernel…", "", OpenMenu{cell}});
  } else if (cell.slot == Slot::w_next || cell.slot == Slot::b_next) {
    const SourceCell rate{SourceCell::Tensor::rate, 0, 0};
    const bool locked = is_locked(scene, rate);
    out.push_back({"Set the learning rate…", locked ? "locked" : source_text(scene.problem, rate), OpenField{"lr"},
                   !locked, true});
  }
}

// "Predict first": the cell, or all of its tensor.
void add_covers(const Model& model, const CellAt& cell, const std::string& name, std::vector<CellAction>& out) {
  const bool covered = model.covered(cell.layer, cell.slot, cell.index);
  for (const std::string& what : {name, name.substr(0, name.find('['))}) {
    const Intent intent = covered ? Intent{Reveal{what}} : Intent{Cover{what}};
    out.push_back({covered ? "Show" : "Cover, to predict it", what, intent, true, what == name});
  }
}

}  // namespace

std::optional<KernelPlane> kernel_plane(const Model& model, const CellAt& cell) {
  if (!model.trace || cell.slot != Slot::w || cell.layer >= model.trace->net().layer_count()) return std::nullopt;
  const Shape& shape = model.trace->net().layer(cell.layer).shapes.w;
  if (shape.rank() != 4) return std::nullopt;
  const std::int64_t area = shape[2] * shape[3];
  return KernelPlane{cell.layer, cell.index / area * area, shape[2], shape[3]};
}

std::vector<CellAction> cell_actions(const Model& model, const CellAt& cell) {
  std::vector<CellAction> out;
  if (!model.trace) return out;
  const Scene& scene = model.state.scene;
  const std::string name = name_of(model, cell);
  const std::int64_t step = step_of(model, cell);
  if (step >= 0 && step != model.step()) {
    out.push_back({"Go to the step that computes it", name, Seek{step, -1}});
  }
  const auto gradient = gradient_of(cell);
  const std::int64_t back = gradient ? step_of(model, *gradient) : -1;
  if (back >= 0 && back != model.step()) {
    out.push_back({"Go to its gradient", model.trace->steps().name(back), Seek{back, -1}});
  }
  const bool pinned = model.state.pinned == cell;
  out.push_back({pinned ? "Unpin" : "Pin what it is related to", "", Pin{cell}});
  if (!name.empty()) {
    out.push_back({holds(scene.watches, name) ? "Watch no longer" : "Watch", name, ToggleWatch{name}, true, true});
    if (step >= 0) {
      out.push_back(
          {holds(scene.breakpoints, name) ? "Break here no longer" : "Break here", name, ToggleBreakpoint{name}});
      const std::string layer(model.trace->net().name_of(model.trace->steps().block_of(step).layer));
      out.push_back({holds(scene.breakpoints, layer) ? "Break at the layer no longer" : "Break at the layer", layer,
                     ToggleBreakpoint{layer}});
    }
    if (step >= 0) add_covers(model, cell, name, out);
    add_change(model, cell, name, out);
  }
  return out;
}

std::vector<CellAction> kernel_actions(const Model& model, const CellAt& cell) {
  std::vector<CellAction> out;
  const auto plane = kernel_plane(model, cell);
  if (!plane) return out;
  const std::string name = name_of(model, cell);
  for (const KernelPattern& pattern : kernel_patterns()) {
    const bool fits = kernel_pattern(pattern.name, plane->rows, plane->cols, 0).has_value();
    // Another random one each time, and the same one for the same history.
    const auto seed = static_cast<std::uint64_t>(model.state.undo.size()) + 1;
    out.push_back(
        {std::string(pattern.title), fits ? "" : "needs 3×3", FillKernel{name, std::string(pattern.name), seed}, fits});
  }
  return out;
}

std::vector<CellAction> menu_actions(const Model& model) {
  const State& state = model.state;
  if (!state.menu) return {};
  return state.kernels ? kernel_actions(model, *state.menu) : cell_actions(model, *state.menu);
}

}  // namespace backstep::app
