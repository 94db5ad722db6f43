#include "../playlist.h"

#include "../trace.h"
#include "cell_names.h"
#include "cursor.h"
#include "edit.h"

namespace backstep {
namespace {

// The parameters after one training step, as those that the next pass starts from.
Problem updated(const Problem& problem) {
  const auto trace = record(problem);
  auto parameters = std::make_shared<Parameters>(*problem.parameters);
  for (int i = 0; i < trace->net().layer_count(); ++i) {
    Parameters::Pair& pair = parameters->layers[static_cast<std::size_t>(i)];
    if (!pair.w.shape.is_none()) pair.w = trace->record(i).w_next;
    if (!pair.b.shape.is_none()) pair.b = trace->record(i).b_next;
  }
  Problem next = problem;
  next.parameters = std::move(parameters);
  ++next.draw;
  return next;
}

}  // namespace

Result<CellRef> parse_any_cell(const Network& net, const StepIndex& steps, std::string_view name) {
  const auto source = parse_source_cell(net, name);
  if (source && source->index >= 0) return cell_of(net, *source);
  const auto step = steps.parse(name);
  if (!step) return step.error();
  return steps.cell(*step);
}

Scene stop_scene(const Playlist& playlist, std::size_t number) {
  const Stop& stop = playlist.stops[number];
  Scene scene = playlist.scenes[stop.scene];
  Failure failure;
  if (!stop.edit.empty()) apply_edits(stop.edit, scene.problem, failure);
  for (std::int64_t i = 0; i < stop.updates; ++i) scene.problem = updated(scene.problem);
  const StepIndex steps(*scene.problem.net);
  scene.cursor = {0, -1, stop.grain};
  if (!stop.cell.empty()) {
    if (const auto step = steps.parse(stop.cell)) scene.cursor.step = *step;
  }
  if (stop.term >= 0) set_term(stop.term, "term", *scene.problem.net, steps, scene.cursor, failure);
  scene.has_cursor = true;
  scene.covers.insert(scene.covers.end(), stop.covers.begin(), stop.covers.end());
  if (!stop.ask.empty()) scene.covers.push_back(stop.ask);
  return scene;
}

}  // namespace backstep
