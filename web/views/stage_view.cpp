#include "web/views/stage_view.h"

#include <algorithm>

#include "engine/explain.h"
#include "web/app/mirror.h"
#include "web/app/see.h"
#include "web/app/tour.h"
#include "web/views/captions.h"
#include "web/views/highlight.h"
#include "web/views/loss_plan.h"
#include "web/views/matrix_plan.h"

namespace backstep::views {
namespace {

const Panel& output_of(const StageView& view) { return view.plan.panels.back(); }

// Cells at the border have fewer terms: what is laid out for the block must hold the others too. A few dozen cells all
// over the block are asked.
std::int64_t most_terms(const Trace& trace, const Block& block) {
  constexpr std::int64_t kAsked = 61;  // a prime: no whole number of rows or planes
  std::int64_t most = 0;
  for (std::int64_t i = 0; i < block.count; i += std::max<std::int64_t>(1, block.count / kAsked)) {
    most = std::max(most, term_count(trace, block.first + i));
  }
  return most;
}

std::int64_t plane_of(const StageView& view, const Operand& operand) {
  const Panel* panel = view.plan.find(operand.slot);
  return panel ? panel->planes.at(operand.index).plane : 0;
}

// Groups neighbouring terms by the planes they read. What is added last beside the products (a bias, statistics) is no
// pair, and single terms that share their first plane are one sum, not channels.
void find_pairs(StageView& view) {
  view.pairs.clear();
  const auto& terms = view.e.terms;
  bool single = true, same_a = true;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].tap.a.slot != terms.front().tap.a.slot || terms[i].tap.a.slot == Slot::b) continue;
    const std::int64_t a = plane_of(view, terms[i].tap.a);
    const std::int64_t b = plane_of(view, terms[i].tap.b);
    const bool same = !view.pairs.empty() && view.pairs.back().a_plane == a && view.pairs.back().b_plane == b;
    if (!same) view.pairs.push_back({a, b, static_cast<std::int64_t>(i), 0});
    ++view.pairs.back().count;
    single = single && view.pairs.back().count == 1;
    same_a = same_a && view.pairs.front().a_plane == a;
  }
  if (!single || !same_a || view.pairs.size() < 2) return;
  view.pairs.front().count = static_cast<std::int64_t>(view.pairs.size());
  view.pairs.resize(1);
}

std::size_t shown_pair(const StageView& view, std::int64_t chosen) {
  if (view.pairs.empty()) return 0;
  if (view.partial && view.term > 0) {
    for (std::size_t i = 0; i < view.pairs.size(); ++i) {
      if (view.term <= view.pairs[i].first + view.pairs[i].count) return i;
    }
    return view.pairs.size() - 1;
  }
  // What is spread has come to its last channel when the cell is complete.
  const std::size_t last = view.pairs.size() - 1;
  if (chosen < 0) return view.plan.see == See::scatter ? last : 0;
  return std::min(static_cast<std::size_t>(chosen), last);
}

// The plane that a panel shows large: the shown pair's, else the output's own.
std::int64_t shown_plane(const StageView& view, const Panel& panel) {
  const Panel& output = output_of(view);
  const std::int64_t own = output.planes.at(view.e.index).plane;
  if (&panel == &output) return own;
  if (view.pair < view.pairs.size()) {
    const TermPair& pair = view.pairs[view.pair];
    const Tap& tap = view.e.terms[static_cast<std::size_t>(pair.first)].tap;
    if (tap.a.slot == panel.slot) return pair.a_plane;
    if (tap.b.slot == panel.slot) return pair.b_plane;
  }
  return own < panel.planes.count ? own : 0;
}

// The planes of a panel that can be chosen at this step.
std::vector<std::int64_t> thumbnails_of(const StageView& view, const Panel& panel, std::int64_t shown) {
  std::vector<std::int64_t> out;
  if (panel.planes.count < 2) return out;
  const Tap* tap = view.pair < view.pairs.size()
                       ? &view.e.terms[static_cast<std::size_t>(view.pairs[view.pair].first)].tap
                       : nullptr;
  const bool is_a = tap && tap->a.slot == panel.slot;
  const bool is_b = tap && tap->b.slot == panel.slot;
  if (panel.output) {
    for (std::int64_t plane = 0; plane < panel.planes.count; ++plane) out.push_back(plane);
  } else if (is_a || is_b) {
    for (const TermPair& pair : view.pairs) out.push_back(is_a ? pair.a_plane : pair.b_plane);
  } else {
    out.push_back(shown);
  }
  if (out.size() < 2 || std::adjacent_find(out.begin(), out.end(), std::not_equal_to<>()) == out.end()) out.clear();
  return out;
}

// The rows of a softmax are the scene's classes.
void name_rows(StageView& view, const app::Model& model) {
  if (view.plan.form != StageForm::kTable || !model.state.scene.problem.classes) return;
  Panel& first = view.plan.panels.front();
  for (std::int64_t c = 0; c < first.planes.rows; ++c) {
    const bool target = model.state.scene.problem.classes->data.front() == c && first.planes.count == 1;
    first.row_names.push_back(class_name(model.state.scene.class_names, c) + (target ? " · target" : ""));
  }
}

// A result that fills up while numbers are spread over it.
void fill_scattered(const app::Model& model, const StageView& view, std::int64_t index, ui::GridCell& cell) {
  const auto at = static_cast<std::size_t>(index % view.plan.panels.back().planes.cells());
  if (at >= view.scatter.sums.size()) return;
  const Scatter::Reached reached = view.scatter.reached[at];
  cell.value = view.scatter.sums[at];
  cell.state = reached == Scatter::Reached::all    ? ui::CellState::kValue
               : reached == Scatter::Reached::some ? ui::CellState::kRunning
                                                   : ui::CellState::kPending;
  if (model.covered(view.plan.layer, view.plan.slot, index)) cell.state = ui::CellState::kCovered;
}

void fill_cells(const app::Model& model, StageView& view, const Highlight& light, std::size_t i) {
  const Panel& panel = view.plan.panels[i];
  PanelView& out = view.panels[i];
  const std::span<const float> values = panel.values();
  out.cells.assign(static_cast<std::size_t>(panel.rows.extent * panel.cols.extent), {});
  for (std::int64_t r = 0; r < panel.rows.extent; ++r) {
    for (std::int64_t c = 0; c < panel.cols.extent; ++c) {
      const std::int64_t place = r * panel.cols.extent + c;
      ui::GridCell& cell = out.cells[static_cast<std::size_t>(place)];
      const std::int64_t index = panel.cell_at(out.plane, r, c);
      if (index < 0) {
        cell.state = panel.listed ? ui::CellState::kBlank : ui::CellState::kNothing;
        continue;
      }
      cell.value = values[static_cast<std::size_t>(index)];
      const std::int64_t own = panel.listed ? place : index % panel.planes.cells();
      cell.dim = light.dims(i, own);
      cell.letter = light.letter(i, own);
      const bool current = panel.output && index == view.e.index;
      if (index >= out.known && !current) {
        cell.state = ui::CellState::kPending;
      } else if (panel.tensor && model.covered(view.plan.layer, panel.slot, index)) {
        cell.state = ui::CellState::kCovered;
      }
      if (panel.output && index == view.e.index && view.partial && cell.state != ui::CellState::kCovered) {
        cell.state = ui::CellState::kRunning;
        cell.value = static_cast<float>(view.e.after(view.term));
      }
      if (panel.output && view.plan.see == See::scatter) fill_scattered(model, view, index, cell);
    }
  }
}

void refresh_panels(StageView& view, const app::Model& model) {
  const Panel* w = view.plan.find(Slot::w);
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    const Panel& panel = view.plan.panels[i];
    PanelView& out = view.panels[i];
    // An updated weight is to be compared with the old one: same colours.
    out.scale = ui::symmetric_scale(panel.slot == Slot::w_next && w ? w->values() : panel.values());
    // Shares are parts of one; a lone number would otherwise always have the strongest colour.
    const bool share = panel.slot == Slot::p || panel.slot == Slot::value || panel.slot == Slot::none;
    if (share) out.scale = std::max(1.0F, out.scale);
    out.known =
        panel.tensor ? model.known(view.plan.layer, panel.slot) : static_cast<std::int64_t>(panel.derived.size());
    out.plane = shown_plane(view, panel);
    out.thumbnails = thumbnails_of(view, panel, out.plane);
  }
  if (view.plan.see == See::scatter) view.scatter = scatter(view, *model.trace);
  lay_matrix(view, *model.trace);
  Highlight light(view, model);
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    fill_cells(model, view, light, i);
    view.panels[i].marks = light.marks(i);
  }
}

// Which numbers are others than before the edit, where they stood.
void find_changed(StageView& view, const std::vector<PanelView>& before) {
  view.glows = false;
  for (std::size_t i = 0; i < view.panels.size() && i < before.size(); ++i) {
    PanelView& panel = view.panels[i];
    const PanelView& old = before[i];
    if (old.plane != panel.plane || old.cells.size() != panel.cells.size()) continue;
    for (std::size_t k = 0; k < panel.cells.size(); ++k) {
      const bool values = old.cells[k].state == panel.cells[k].state && panel.cells[k].state == ui::CellState::kValue;
      if (!values || same_bits(old.cells[k].value, panel.cells[k].value)) continue;
      panel.changed.push_back(static_cast<std::int64_t>(k));
      view.glows = view.glow_begins = true;
    }
  }
}

}  // namespace

Slot slot_here(const StageView& view, const Trace& trace, const app::CellAt& cell) {
  if (cell.layer == view.plan.layer) return view.plan.find(cell.slot) ? cell.slot : Slot::none;
  const Tensor* tensor = trace.tensor(cell.layer, cell.slot);
  for (const Panel& panel : view.plan.panels) {
    if (tensor && panel.tensor == tensor) return panel.slot;
  }
  return Slot::none;
}

void refresh(StageView& view, const app::Model& model, std::int64_t chosen) {
  const Trace& trace = *model.trace;
  const app::State& state = model.state;
  const bool new_numbers = view.trace != model.trace || view.hash != model.hash;
  const See see = app::shown_see(model);
  const bool new_step = new_numbers || !(view.cursor == model.cursor()) || view.see != see;
  // What is covered changes by scene and by revealing alone.
  const std::size_t covers = state.scene.covers.size() * 1000 + state.revealed.size();
  const auto focus = state.hover ? state.hover : state.pinned;
  const bool same_focus =
      focus == view.focus && view.pinned == state.pinned && view.in_grid == state.in_grid && view.covers == covers;
  if (new_numbers) {
    view.trace = model.trace;
    view.hash = model.hash;
    ++view.version;
  }
  const Block& block = trace.steps().block_of(model.step());
  const bool edited = new_numbers && view.edits != state.edits && block.first == view.block_first;
  const std::vector<PanelView> before = edited ? view.panels : std::vector<PanelView>();
  view.edits = state.edits;
  const bool bias = app::open_panels(model).bias;
  const bool new_plan = new_numbers || block.first != view.block_first || view.see != see || bias != view.bias;
  if (new_plan) {
    view.see = see;
    view.plan = plan_stage(trace, block, see);
    view.bias = bias;
    if (!bias && view.plan.slot == Slot::y) {
      std::erase_if(view.plan.panels, [](const Panel& panel) { return panel.slot == Slot::b; });
    }
    view.block_first = block.first;
    view.panels.assign(view.plan.panels.size(), {});
    name_rows(view, model);
    view.block_terms = most_terms(trace, block);
  }
  if (new_step) {
    view.cursor = model.cursor();
    view.e = explain(trace, model.step());
    view.term = model.term();
    view.partial = view.term < static_cast<std::int64_t>(view.e.terms.size());
    view.single = view.cursor.grain <= Grain::cell;
    find_pairs(view);
  }
  const std::size_t pair = shown_pair(view, chosen);
  if (!new_step && !new_plan && same_focus && pair == view.pair) return;
  view.pair = pair;
  view.focus = focus;
  view.pinned = state.pinned;
  view.in_grid = state.in_grid;
  view.covers = covers;
  view.sentence = app::sentence(model);
  view.covered = model.covered(view.plan.layer, view.plan.slot, view.e.index);
  refresh_panels(view, model);
  if (edited) {
    find_changed(view, before);
  } else if (new_step) {
    view.glows = false;
    for (PanelView& panel : view.panels) panel.changed.clear();
  }
  view.working = work_out(view, trace);
  view.touched = false;
  view.caption = view.plan.heading;
  if (view.plan.see == See::scatter) view.caption += ": " + scatter_text(view.scatter);
  if (focus) {
    const Slot slot = slot_here(view, trace, *focus);
    if (slot != Slot::none) {
      view.touched = true;
      view.caption = relation_caption(trace, view.plan.layer, slot, focus->index, related_count(view, trace, *focus));
    }
  }
}

}  // namespace backstep::views
