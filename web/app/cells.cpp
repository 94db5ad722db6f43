#include "web/app/cells.h"

#include <algorithm>

#include "engine/format.h"
#include "engine/playlist.h"

namespace backstep::app {
namespace {

std::string value_text(const Model& model, const CellAt& cell) {
  const Tensor* tensor = model.trace->tensor(cell.layer, cell.slot);
  if (!tensor || cell.index >= tensor->count()) return "";
  if (cell.index >= model.known(cell.layer, cell.slot)) return "not yet";
  return model.covered(cell.layer, cell.slot, cell.index) ? "?"
                                                          : format_number(static_cast<double>((*tensor)[cell.index]));
}

}  // namespace

std::optional<SourceCell> source_at(const Model& model, const CellAt& cell) {
  if (!model.trace) return std::nullopt;
  return source_of(model.trace->net(), model.trace->steps(), {cell.layer, cell.slot, cell.index});
}

std::string name_of(const Model& model, const CellAt& cell) {
  if (!model.trace) return "";
  if (const auto source = source_at(model, cell)) return source_name(model.trace->net(), *source);
  const std::int64_t step = step_of(model, cell);
  return step < 0 ? "" : model.trace->steps().name(step);
}

bool is_locked(const Scene& scene, const SourceCell& cell) {
  const Network& net = *scene.problem.net;
  const auto locked = [&](const std::string& name) {
    return std::find(scene.locks.begin(), scene.locks.end(), name) != scene.locks.end();
  };
  return !scene.locks.empty() && (locked(source_tensor_name(net, cell)) || locked(source_name(net, cell)));
}

std::int64_t step_of(const Model& model, const CellAt& cell) {
  const Block* block = cell.slot == Slot::none ? nullptr : model.trace->steps().producer(cell.layer, cell.slot);
  return block && cell.index < block->count ? block->first + cell.index : -1;
}

std::optional<CellAt> gradient_of(const CellAt& cell) {
  switch (cell.slot) {
    case Slot::x: return CellAt{cell.layer, Slot::dx, cell.index};
    case Slot::y: return CellAt{cell.layer, Slot::dy, cell.index};
    case Slot::w: return CellAt{cell.layer, Slot::dw, cell.index};
    case Slot::b: return CellAt{cell.layer, Slot::db, cell.index};
    default: return std::nullopt;
  }
}

CellText cell_text(const Model& model, std::string_view name) {
  CellText out;
  if (!model.trace) return out;
  const auto cell = parse_any_cell(model.trace->net(), model.trace->steps(), name);
  if (!cell) return out;
  out.found = true;
  const CellAt at{cell->layer, cell->slot, cell->index};
  out.value = value_text(model, at);
  if (const auto gradient = gradient_of(at)) out.gradient = value_text(model, *gradient);
  return out;
}

}  // namespace backstep::app
