#include "web/views/highlight.h"

#include <algorithm>

#include "web/views/taps.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kMostLetters = 26;
constexpr std::int64_t kMostWinners = 16;

// The slot whose taps list everything that a primal cell is multiplied with.
Slot listing_slot(Slot role) {
  switch (role) {
    case Slot::x: return Slot::dx;
    case Slot::w: return Slot::dw;
    case Slot::b: return Slot::db;
    default: return Slot::y;
  }
}

template <class Visit>
void visit_related(const StageView& view, const Trace& trace, Slot slot, std::int64_t index, Visit&& visit) {
  if (view.plan.layer == trace.net().layer_count()) return;
  visit_taps(trace.net().layer(view.plan.layer), listing_slot(primal(slot)), index, visit);
}

}  // namespace

Highlight::Highlight(const StageView& view, const app::Model& model) : view_(view), model_(model) {
  for (const Panel& panel : view.plan.panels) {
    const auto n = panel.listed ? panel.entries.size() : static_cast<std::size_t>(panel.planes.cells());
    cells_.push_back({std::vector<std::uint8_t>(n, 0), std::vector<std::uint8_t>(n, 0), false, true});
  }
  if (view.focus) focus_slot_ = slot_here(view, *model.trace, *view.focus);
  if (focus_slot_ != Slot::none) {
    focused_ = true;
    focus_index_ = view.focus->index;
    from_focus(*view.focus, focus_slot_);
    light_matrix(primal(focus_slot_), focus_index_);
  } else {
    from_step();
    light_matrix(primal(view.plan.slot), view.e.index);
  }
  for (Cells& cells : cells_) {
    for (const std::uint8_t active : cells.active) {
      cells.any = cells.any || active != 0;
      cells.all = cells.all && active != 0;
    }
  }
}

std::uint8_t Highlight::letter_of(const Operand& weight) const {
  const Panel* panel = weight.slot == Slot::w ? view_.plan.find(Slot::w) : nullptr;
  if (!panel || !panel->kernel) return 0;
  return static_cast<std::uint8_t>('a' + weight.index % panel->planes.cells());
}

void Highlight::mark(Slot slot, std::int64_t index, std::uint8_t letter) {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Panel& panel = view_.plan.panels[i];
    if (panel.slot != slot || slot == Slot::none || panel.listed) continue;
    if (panel.planes.at(index).plane != view_.panels[i].plane) continue;
    const auto at = static_cast<std::size_t>(index % panel.planes.cells());
    cells_[i].active[at] = 1;
    if (letter != 0) cells_[i].letters[at] = letter;
  }
}

void Highlight::mark_role(Slot role, std::int64_t index, std::uint8_t letter) {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Panel& panel = view_.plan.panels[i];
    if (panel.role == role && panel.slot != Slot::none) mark(panel.slot, index, letter);
  }
}

// What the spread number is multiplied with, and the results that it is added to.
void Highlight::from_stamps() {
  const Scatter& scatter = view_.scatter;
  if (scatter.source >= 0) mark(scatter.slot, scatter.source);
  for (const Stamp& stamp : scatter.stamps) {
    const Tap& tap = stamp.term.tap;
    const Operand& other = tap.a.slot == scatter.slot ? tap.b : tap.a;
    mark(other.slot, other.index);
    mark(view_.plan.slot, stamp.result, view_.plan.slot == Slot::dw ? 0 : letter_of(other));
  }
}

// Of a matrix those entries that the touched cell has a part in: a row, a column, or one weight wherever it stands.
void Highlight::light_matrix(Slot role, std::int64_t index) {
  const MatrixAxes& axes = view_.plan.matrix;
  const std::size_t R = axes.rows.size(), C = axes.cols.size();
  std::vector<std::uint8_t> lit(R * C, 0), row(R, 0), col(C, 0);
  for (const Panel& panel : view_.plan.panels) {
    if (panel.part != Part::matrix || !panel.listed) continue;
    for (std::size_t r = 0; r < R; ++r) {
      for (std::size_t c = 0; c < C; ++c) {
        const std::int64_t entry = panel.entries[r * C + c];
        const bool here = (role == primal(axes.row_slot) && axes.rows[r] == index) ||
                          (role == primal(axes.col_slot) && axes.cols[c] == index) ||
                          (role == panel.role && entry == index);
        if (entry >= 0 && here) lit[r * C + c] = row[r] = col[c] = 1;
      }
    }
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Panel& panel = view_.plan.panels[i];
    if (!panel.listed) continue;
    if (panel.part == Part::matrix) cells_[i].active = lit;
    if (panel.part == Part::above) cells_[i].active = col;
    if (panel.part == Part::beside) cells_[i].active = row;
    for (std::size_t r = 0; r < R && panel.part == Part::aside; ++r) {
      for (std::size_t c = 0; c < C; ++c) cells_[i].active[c * R + r] = lit[r * C + c];
    }
    for (std::size_t k = 0; k < panel.entries.size(); ++k) {
      if (panel.role == role && panel.entries[k] == index && panel.part != Part::matrix) cells_[i].active[k] = 1;
    }
  }
}

void Highlight::from_step() {
  if (view_.plan.see == See::scatter) return from_stamps();
  for (const ExplainedTerm& term : view_.e.terms) {
    const std::uint8_t letter = letter_of(term.tap.b);
    mark(term.tap.a.slot, term.tap.a.index, letter);
    mark(term.tap.b.slot, term.tap.b.index);
  }
  const bool loss = view_.plan.form == StageForm::kTable;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Panel& panel = view_.plan.panels[i];
    const std::int64_t cell = view_.e.index % std::max<std::int64_t>(1, panel.planes.cells());
    if (panel.slot == Slot::none) {
      // Worked out on the way: the whole column for a share, the same row for a difference.
      for (std::size_t k = 0; k < cells_[i].active.size(); ++k) {
        const bool target = view_.plan.slot == Slot::value && panel.derived[k] > 0;
        cells_[i].active[k] = view_.plan.slot == Slot::p || target || static_cast<std::int64_t>(k) == cell ? 1 : 0;
        if (view_.plan.slot == Slot::value && !target) cells_[i].active[k] = 0;
      }
    } else if (loss && view_.plan.slot == Slot::value && panel.slot == Slot::p) {
      const auto& classes = *model_.trace->problem().classes;
      for (std::int64_t n = 0; n < panel.planes.count; ++n) mark(Slot::p, n * panel.planes.rows + classes[n]);
    } else if (!panel.output && panel.role == Slot::x && view_.plan.slot == Slot::dx &&
               std::none_of(view_.e.terms.begin(), view_.e.terms.end(), [&](const ExplainedTerm& t) {
                 return t.tap.a.slot == panel.slot || t.tap.b.slot == panel.slot;
               })) {
      mark(panel.slot, view_.e.index);
    }
  }
}

void Highlight::from_focus(const app::CellAt& focus, Slot slot) {
  if (view_.plan.see == See::scatter && slot == view_.scatter.slot && focus.index == view_.scatter.source)
    return from_stamps();
  visit_related(view_, *model_.trace, slot, focus.index, [&](const Tap& tap) {
    // The letter says through which weight: around an input they run backwards.
    mark_role(primal(tap.a.slot), tap.a.index, letter_of(tap.b));
    if (tap.b.slot != Slot::none) mark_role(primal(tap.b.slot), tap.b.index);
  });
  mark_role(primal(slot), focus.index);
}

bool Highlight::dims(std::size_t i, std::int64_t cell) const {
  const Panel& panel = view_.plan.panels[i];
  if (!focused_ && (panel.output || !view_.single)) return false;
  return cells_[i].active[static_cast<std::size_t>(cell)] == 0;
}

std::uint8_t Highlight::letter(std::size_t i, std::int64_t cell) const {
  const Panel& panel = view_.plan.panels[i];
  if (panel.listed) {
    const std::int64_t entry = panel.entries[static_cast<std::size_t>(cell)];
    if (!panel.kernel) return 0;
    return static_cast<std::uint8_t>('a' + entry % panel.planes.cells());
  }
  if (const std::uint8_t route = switch_letter(i, cell); route != 0) return route;
  if (panel.kernel) return static_cast<std::uint8_t>('a' + cell);
  return cells_[i].letters[static_cast<std::size_t>(cell)];
}

// Each window of a routed gradient has a letter, and the cell that won it carries the same one.
std::uint8_t Highlight::switch_letter(std::size_t i, std::int64_t cell) const {
  const Trace& trace = *model_.trace;
  if (view_.plan.slot != Slot::dx || view_.plan.layer == trace.net().layer_count()) return 0;
  const IndexTensor& switches = trace.record(view_.plan.layer).switches;
  const Panel* from = view_.plan.find(Slot::dy);
  if (switches.empty() || !from || from->planes.cells() > kMostLetters) return 0;
  if (view_.plan.panels[i].slot == Slot::dy) return static_cast<std::uint8_t>('a' + cell);
  for (std::int64_t k = 0; k < from->planes.cells(); ++k) {
    if (switches[view_.panels[i].plane * from->planes.cells() + k] == cell) return static_cast<std::uint8_t>('a' + k);
  }
  return 0;
}

ui::GridMark Highlight::place(std::size_t i, const PlaneCell& cell, ui::MarkRole role) const {
  const Panel& panel = view_.plan.panels[i];
  return {role, static_cast<int>(panel.rows.place(cell.row)), static_cast<int>(panel.cols.place(cell.col)), 1, 1};
}

// In a matrix: the row of the present result, the operands of the current product, the touched cell.
void Highlight::add_listed(std::size_t i, std::vector<ui::GridMark>& out) const {
  const Panel& panel = view_.plan.panels[i];
  const MatrixAxes& axes = view_.plan.matrix;
  const auto at = [](const std::vector<std::int64_t>& cells, std::int64_t index) {
    return static_cast<int>(std::find(cells.begin(), cells.end(), index) - cells.begin());
  };
  const int R = static_cast<int>(axes.rows.size()), C = static_cast<int>(axes.cols.size());
  const int row = at(axes.rows, view_.e.index);
  if (panel.part == Part::beside) out.push_back({ui::MarkRole::kCurrent, row, 0, 1, 1});
  if (row < R && view_.single && !focused_) {
    if (panel.part == Part::matrix) out.push_back({ui::MarkRole::kWindow, row, 0, 1, C});
    if (panel.part == Part::aside) out.push_back({ui::MarkRole::kWindow, 0, row, C, 1});
  }
  if (view_.partial && view_.term > 0) {
    const Tap& tap = view_.e.terms[static_cast<std::size_t>(view_.term - 1)].tap;
    const int col = at(axes.cols, tap.a.slot == axes.col_slot ? tap.a.index : tap.b.index);
    if (col < C && panel.part == Part::matrix) out.push_back({ui::MarkRole::kTerm, row, col, 1, 1});
    if (col < C && panel.part == Part::aside) out.push_back({ui::MarkRole::kTerm, col, row, 1, 1});
    if (col < C && panel.part == Part::above) out.push_back({ui::MarkRole::kTerm, 0, col, 1, 1});
  }
  if (!focused_ || panel.slot != focus_slot_) return;
  constexpr std::size_t kMostOutlined = 64;
  const auto same = std::count(panel.entries.begin(), panel.entries.end(), focus_index_);
  const auto role = same > 1 ? ui::MarkRole::kRelated : view_.in_grid ? ui::MarkRole::kCursor : ui::MarkRole::kHovered;
  for (std::size_t k = 0; k < panel.entries.size() && static_cast<std::size_t>(same) <= kMostOutlined; ++k) {
    if (panel.entries[k] != focus_index_) continue;
    const auto cols = static_cast<std::size_t>(panel.cols.extent);
    out.push_back({role, static_cast<int>(k / cols), static_cast<int>(k % cols), 1, 1});
  }
}

// The window of the current cell; where none slides, the cells that take part if they are not the whole plane.
void Highlight::add_window(std::size_t i, std::vector<ui::GridMark>& out) const {
  const Panel& panel = view_.plan.panels[i];
  const bool spread = view_.plan.see == See::scatter;
  const Panel* from = spread ? view_.plan.find(view_.scatter.slot) : nullptr;
  if (spread && (!from || view_.scatter.source < 0)) return;
  const PlaneCell at =
      spread ? from->planes.at(view_.scatter.source) : view_.plan.panels.back().planes.at(view_.e.index);
  if (spread && panel.slot == view_.scatter.slot) {
    if (at.plane == view_.panels[i].plane) out.push_back(place(i, at, ui::MarkRole::kTerm));
    return;
  }
  if (panel.row_sweep.reach > 0) {
    out.push_back({ui::MarkRole::kWindow, static_cast<int>(panel.row_sweep.start.place(at.row)),
                   static_cast<int>(panel.col_sweep.start.place(at.col)), static_cast<int>(panel.row_sweep.reach),
                   static_cast<int>(panel.col_sweep.reach)});
    return;
  }
  if (!cells_[i].any || cells_[i].all || panel.kernel) return;
  int top = 1 << 20, left = 1 << 20, bottom = -1, right = -1;
  for (std::size_t k = 0; k < cells_[i].active.size(); ++k) {
    if (cells_[i].active[k] == 0) continue;
    const PlaneCell cell = panel.planes.at(static_cast<std::int64_t>(k));
    const ui::GridMark m = place(i, cell, ui::MarkRole::kWindow);
    top = std::min(top, m.row), left = std::min(left, m.col);
    bottom = std::max(bottom, m.row), right = std::max(right, m.col);
  }
  out.push_back({ui::MarkRole::kWindow, top, left, bottom - top + 1, right - left + 1});
}

// The operands of the current product, and the winner of a maximum.
void Highlight::add_terms(std::size_t i, std::vector<ui::GridMark>& out) const {
  const Panel& panel = view_.plan.panels[i];
  const auto add = [&](const Operand& operand, ui::MarkRole role) {
    if (operand.slot != panel.slot || operand.slot == Slot::none) return;
    const PlaneCell cell = panel.planes.at(operand.index);
    if (cell.plane == view_.panels[i].plane) out.push_back(place(i, cell, role));
  };
  if (view_.e.fold == Fold::maximum) {
    const ExplainedTerm* winner = nullptr;
    for (std::int64_t t = 0; t < view_.term; ++t) {
      const ExplainedTerm& term = view_.e.terms[static_cast<std::size_t>(t)];
      if (term.taken) winner = &term;
    }
    if (winner && !view_.covered) add(winner->tap.a, ui::MarkRole::kWinner);
  }
  if (view_.partial && view_.term > 0 && view_.plan.see != See::scatter) {
    const Tap& tap = view_.e.terms[static_cast<std::size_t>(view_.term - 1)].tap;
    add(tap.a, ui::MarkRole::kTerm);
    add(tap.b, ui::MarkRole::kTerm);
  }
  // Switches: the winners stand in the input beside a gradient that is routed back.
  const Trace& trace = *model_.trace;
  if (!panel.output && panel.slot == Slot::x && view_.plan.slot == Slot::dx &&
      view_.plan.layer < trace.net().layer_count()) {
    const IndexTensor& switches = trace.record(view_.plan.layer).switches;
    if (switches.empty()) return;
    const std::int64_t windows = switches.count() / panel.planes.count;
    for (std::int64_t k = 0; k < windows; ++k) {
      // Of many winners only those that this cell competed with.
      const std::int64_t window = view_.panels[i].plane * windows + k;
      const bool near = std::any_of(view_.e.terms.begin(), view_.e.terms.end(),
                                    [&](const ExplainedTerm& t) { return t.tap.a.index == window; });
      if (windows > kMostWinners && !near) continue;
      const std::int64_t won = switches[view_.panels[i].plane * windows + k];
      out.push_back(place(i, {0, won / panel.planes.cols, won % panel.planes.cols}, ui::MarkRole::kWinner));
    }
  }
}

void Highlight::add_output(std::vector<ui::GridMark>& out) const {
  const Panel& panel = view_.plan.panels.back();
  const PlaneCell at = panel.planes.at(view_.e.index);
  if (!view_.single) {
    out.push_back(
        {ui::MarkRole::kWindow, 0, 0, static_cast<int>(panel.rows.extent), static_cast<int>(panel.cols.extent)});
  }
  out.push_back(place(view_.panels.size() - 1, at, ui::MarkRole::kCurrent));
}

void Highlight::add_focus(std::size_t i, std::vector<ui::GridMark>& out) const {
  constexpr std::size_t kMostRelated = 64;
  const Panel& panel = view_.plan.panels[i];
  // Empty cells cannot be dimmed: those of the output that belong to the touched cell are outlined, unless all do.
  if (panel.output && !cells_[i].all &&
      std::count(cells_[i].active.begin(), cells_[i].active.end(), 1) <= static_cast<std::ptrdiff_t>(kMostRelated)) {
    for (std::size_t k = 0; k < cells_[i].active.size(); ++k) {
      const PlaneCell cell = panel.planes.at(static_cast<std::int64_t>(k));
      if (cells_[i].active[k] != 0) out.push_back(place(i, cell, ui::MarkRole::kRelated));
    }
  }
  if (panel.slot != focus_slot_ || panel.planes.at(focus_index_).plane != view_.panels[i].plane) return;
  out.push_back(
      place(i, panel.planes.at(focus_index_), view_.in_grid ? ui::MarkRole::kCursor : ui::MarkRole::kHovered));
}

// Keys change the pinned cell: while the pointer is on another one it keeps its mark.
void Highlight::add_pinned(std::size_t i, std::vector<ui::GridMark>& out) const {
  if (!view_.pinned || view_.pinned == view_.focus) return;
  const Panel& panel = view_.plan.panels[i];
  if (slot_here(view_, *model_.trace, *view_.pinned) != panel.slot) return;
  const PlaneCell at = panel.planes.at(view_.pinned->index);
  if (at.plane == view_.panels[i].plane) out.push_back(place(i, at, ui::MarkRole::kCursor));
}

std::vector<ui::GridMark> Highlight::marks(std::size_t i) const {
  std::vector<ui::GridMark> out;
  const Panel& panel = view_.plan.panels[i];
  if (panel.listed) {
    add_listed(i, out);
    return out;
  }
  if (panel.output && view_.plan.see == See::scatter && panel.row_sweep.reach > 0) add_window(i, out);
  if (!panel.output) {
    const bool spreading = view_.plan.see == See::scatter && focus_slot_ == view_.scatter.slot;
    if (!focused_ || spreading) add_window(i, out);
    add_terms(i, out);
  } else {
    add_output(out);
  }
  if (focused_) add_focus(i, out);
  add_pinned(i, out);
  return out;
}

std::int64_t related_count(const StageView& view, const Trace& trace, const app::CellAt& focus) {
  std::int64_t count = 0;
  visit_related(view, trace, slot_here(view, trace, focus), focus.index,
                [&](const Tap& tap) { count += tap.a.slot == Slot::b ? 0 : 1; });
  return count;
}

}  // namespace backstep::views
