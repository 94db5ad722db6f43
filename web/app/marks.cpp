#include "web/app/marks.h"

#include <algorithm>

#include "web/app/cursor.h"

namespace backstep::app {
namespace {

// A layer stops at the first cell of each of its phases, a tensor at its first cell.
Break read_break(const StepIndex& steps, const std::string& name) {
  Break out{name, {}, false};
  for (const Block& block : steps.blocks()) {
    const std::string tensor = steps.tensor_name(block);
    const bool of_layer = tensor.compare(0, tensor.find('.'), name) == 0;
    const bool first = block.first == steps.group(block.first, Grain::layer).first;
    if (tensor == name || (of_layer && first)) out.steps.push_back(block.first);
  }
  if (!out.steps.empty()) return out;
  out.cell = true;
  if (const auto step = steps.parse(name)) out.steps.push_back(*step);
  return out;
}

struct Stop {
  std::int64_t step;
  bool cell;
};

std::vector<Stop> stops(const Model& model) {
  std::vector<Stop> out;
  for (const Break& b : breaks(model)) {
    for (const std::int64_t step : b.steps) out.push_back({step, b.cell});
  }
  std::sort(out.begin(), out.end(), [](const Stop& a, const Stop& b) { return a.step < b.step; });
  return out;
}

// At a stop; a cell inside a coarse group is shown by itself.
Cursor at(const Model& model, const Stop& stop, Grain grain) {
  const Cursor c = placed(*model.trace, stop.step, -1, grain);
  return stop.cell && c.step != stop.step ? placed(*model.trace, stop.step, -1, Grain::cell) : c;
}

}  // namespace

std::vector<Break> breaks(const Model& model) {
  std::vector<Break> out;
  if (!model.trace) return out;
  for (const std::string& name : model.state.scene.breakpoints) out.push_back(read_break(model.trace->steps(), name));
  return out;
}

std::optional<Cursor> stopped(const Model& model, const Cursor& from, const Cursor& to) {
  if (model.state.scene.breakpoints.empty()) return std::nullopt;
  for (const Stop& stop : stops(model)) {
    if (stop.step > from.step && stop.step <= to.step) return stop.step == to.step ? to : at(model, stop, to.grain);
  }
  return std::nullopt;
}

Cursor run_to_break(const Model& model, int direction) {
  const Cursor& from = model.cursor();
  const std::vector<Stop> all = stops(model);
  // At a coarse grain the cursor stands at the end of its group, behind a stop at its beginning.
  const std::int64_t here = model.trace->steps().group(from.step, from.grain).first;
  if (direction > 0) {
    for (const Stop& stop : all) {
      if (stop.step > from.step) return at(model, stop, from.grain);
    }
  } else {
    for (auto stop = all.rbegin(); stop != all.rend(); ++stop) {
      if (stop->step < here) return at(model, *stop, from.grain);
    }
  }
  return at_end(*model.trace, from.grain, direction > 0);
}

}  // namespace backstep::app
