#include "web/views/matrix_plan.h"

#include <algorithm>

#include "web/views/taps.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kMostRows = 48;  // of a matrix that is shown whole
constexpr std::int64_t kMostCols = 80;
constexpr std::int64_t kMostBeside = 40;  // rows of the two matrices that are shown side by side

std::string by(std::int64_t rows, std::int64_t cols) { return std::to_string(rows) + "×" + std::to_string(cols); }

const Panel* part_of(const StagePlan& plan, Part part) {
  const auto it = std::find_if(plan.panels.begin(), plan.panels.end(), [&](const Panel& p) { return p.part == part; });
  return it == plan.panels.end() ? nullptr : &*it;
}

void list(Panel& panel, std::int64_t rows, std::int64_t cols, std::vector<std::int64_t> entries) {
  panel.listed = true;
  panel.rows = Axis::plain(rows);
  panel.cols = Axis::plain(cols);
  panel.entries = std::move(entries);
}

// The taps of a result that read the shown planes.
template <class Visit>
void visit_shown(const StageView& view, const Trace& trace, std::int64_t result, Visit&& visit) {
  const bool pair = view.pair < view.pairs.size();
  const Panel* a = view.plan.find(view.plan.panels[0].slot);
  const Panel* b = view.plan.find(view.plan.panels[1].slot);
  visit_taps(trace.net().layer(view.plan.layer), view.plan.slot, result, [&](const Tap& tap) {
    if (tap.b.slot == Slot::none || tap.a.slot != a->slot) return;
    if (pair && a->planes.at(tap.a.index).plane != view.pairs[view.pair].a_plane) return;
    if (pair && b->planes.at(tap.b.index).plane != view.pairs[view.pair].b_plane) return;
    visit(tap);
  });
}

}  // namespace

void plan_matrix(StagePlan& plan) {
  const bool weights = plan.see == See::matrix;
  if (plan.panels.size() < 3) return;
  plan.form = StageForm::kMatrix;
  Panel& vector = plan.panels[weights ? 0 : 1];
  Panel& matrix = plan.panels[weights ? 1 : 0];
  vector.part = Part::above;
  matrix.part = Part::matrix;
  matrix.kernel = matrix.role == Slot::w && matrix.planes.cells() <= 26;
  vector.kernel = vector.role == Slot::w && vector.planes.cells() <= 26;
  plan.matrix.row_slot = plan.slot;
  plan.matrix.col_slot = vector.slot;
  vector.title = "vec " + vector.title;
  plan.panels.back().title = "vec " + plan.panels.back().title;
  if (!weights) {
    matrix.title += " unrolled";
  } else if (plan.slot == Slot::dw) {
    matrix.title = "T of " + matrix.title;
  } else {
    matrix.title = plan.slot == Slot::dx ? "T transposed" : "T";
    // Beside its transpose stands T itself: the same numbers, rows become columns.
    const std::int64_t results = plan.panels.back().planes.cells();
    if (plan.slot != Slot::dx || results > kMostBeside || vector.planes.cells() > kMostBeside) return;
    Panel aside = matrix;
    aside.part = Part::aside;
    aside.title = "T";
    aside.key ^= 1;
    plan.panels.insert(plan.panels.end() - 1, std::move(aside));
  }
}

void lay_matrix(StageView& view, const Trace& trace) {
  StagePlan& plan = view.plan;
  // A dense layer is a matrix of itself.
  if (plan.see != See::unrolled && plan.see != See::matrix) return;
  if (!part_of(plan, Part::matrix)) return;
  const bool weights = plan.see == See::matrix;
  Panel& output = plan.panels.back();
  const Panel& vector = *part_of(plan, Part::above);
  const auto col_operand = [&](const Tap& tap) { return (weights ? tap.a : tap.b).index; };
  const std::int64_t results = output.planes.cells(), numbers = vector.planes.cells();
  const PlaneCell at = output.planes.at(view.e.index);
  const bool whole = results <= kMostRows && numbers <= kMostCols;
  MatrixAxes& axes = plan.matrix;
  axes.rows.clear();
  const std::int64_t first = output.planes.index({at.plane, whole ? 0 : at.row, 0});
  for (std::int64_t i = 0; i < (whole ? results : output.planes.cols); ++i) axes.rows.push_back(first + i);
  std::vector<std::int64_t> used;
  for (const std::int64_t row : axes.rows) {
    visit_shown(view, trace, row, [&](const Tap& tap) { used.push_back(col_operand(tap)); });
  }
  axes.cols.clear();
  if (whole) {
    const std::int64_t plane = used.empty() ? 0 : vector.planes.at(used.front()).plane;
    for (std::int64_t i = 0; i < numbers; ++i) axes.cols.push_back(plane * numbers + i);
  } else {
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    axes.cols = std::move(used);
    if (axes.cols.empty()) axes.cols.push_back(0);  // a row of nothing but padding
  }
  const auto R = static_cast<std::int64_t>(axes.rows.size()), C = static_cast<std::int64_t>(axes.cols.size());
  std::vector<std::int64_t> entries(static_cast<std::size_t>(R * C), -1), across(entries.size(), -1);
  for (std::int64_t r = 0; r < R; ++r) {
    visit_shown(view, trace, axes.rows[static_cast<std::size_t>(r)], [&](const Tap& tap) {
      const auto col = std::lower_bound(axes.cols.begin(), axes.cols.end(), col_operand(tap)) - axes.cols.begin();
      const std::int64_t entry = (weights ? tap.b : tap.a).index;
      entries[static_cast<std::size_t>(r * C + col)] = entry;
      across[static_cast<std::size_t>(col * R + r)] = entry;
    });
  }
  for (Panel& panel : plan.panels) {
    if (panel.part == Part::above) {
      list(panel, 1, C, axes.cols);
    } else if (panel.part == Part::matrix) {
      list(panel, R, C, entries);
      panel.shape = by(R, C);
      panel.detail = whole ? "" : "rows of one row of the result, of " + by(results, numbers);
    } else if (panel.part == Part::aside) {
      list(panel, C, R, across);
      panel.shape = by(C, R);
    }
  }
  list(output, R, 1, axes.rows);
  ++view.version;  // what is drawn as an image is another one now
}

}  // namespace backstep::views
