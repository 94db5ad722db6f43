#include "web/views/stage_plan.h"

#include <algorithm>

#include "engine/format.h"
#include "engine/notation.h"
#include "web/views/captions.h"
#include "web/views/loss_plan.h"
#include "web/views/matrix_plan.h"
#include "web/views/taps.h"
#include "web/views/window_axes.h"
#include "web/widgets/painter.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kWidestMatrix = 16;  // inputs of a dense layer that still stand in one row
constexpr std::int64_t kMostLetters = 26;

// The slots that feed the block's cells: those of the first cell that is fed at all.
std::vector<Slot> operand_slots(const NetworkLayer& layer, const Block& block) {
  std::vector<Slot> slots;
  const auto add = [&](Slot slot) {
    if (slot != Slot::none && std::find(slots.begin(), slots.end(), slot) == slots.end()) slots.push_back(slot);
  };
  bool product = false;
  for (std::int64_t i = 0; i < block.count && slots.size() < 2 && !product; ++i) {
    visit_taps(layer, block.slot, i, [&](const Tap& tap) {
      product = product || tap.b.slot != Slot::none;
      add(tap.a.slot);
      add(tap.b.slot);
    });
    if (!slots.empty() && layer.shapes.w.is_none()) break;
    // A first cell that met only padding shows the bias alone: look on.
    if (i > 64) break;
  }
  if (std::find(slots.begin(), slots.end(), Slot::b) != slots.end() && slots.back() != Slot::b) {
    std::rotate(std::find(slots.begin(), slots.end(), Slot::b), std::find(slots.begin(), slots.end(), Slot::b) + 1,
                slots.end());
  }
  return slots;
}

Panel make_panel(const Trace& trace, int layer, Slot slot) {
  Panel panel;
  panel.slot = slot;
  panel.role = primal(slot);
  panel.tensor = trace.tensor(layer, slot);
  panel.gradient = slot == Slot::dx || slot == Slot::dw || slot == Slot::db || slot == Slot::dy;
  panel.title = symbol(trace.net(), layer, slot);
  const Shape shape = panel.tensor ? panel.tensor->shape : Shape{};
  panel.planes = planes_of(shape);
  const bool batched = panel.role == Slot::x || panel.role == Slot::y;
  for (int axis = batched && shape.rank() > 0 && shape[0] == 1 ? 1 : 0; axis + 2 < shape.rank(); ++axis) {
    panel.leading.push_back(shape[axis]);
  }
  panel.rows = Axis::plain(panel.planes.rows);
  panel.cols = Axis::plain(panel.planes.cols);
  panel.key = ui::hit_id("tensor", static_cast<std::uint64_t>(layer) * 32 + static_cast<std::uint64_t>(slot) + 1);
  return panel;
}

void reshape(Panel& panel, const Planes& planes) {
  panel.planes = planes;
  panel.rows = Axis::plain(planes.rows);
  panel.cols = Axis::plain(planes.cols);
}

std::string padding_text(const WindowAxis& rows, const WindowAxis& cols) {
  const bool even = rows.before == rows.after && cols.before == cols.after && rows.before == cols.before;
  if (even) return rows.before == 0 ? "" : "padded by " + std::to_string(rows.before);
  return "padded";
}

// What no window reads is said beside being hatched.
std::string unread_text(const Panel& panel) {
  const auto rows = std::count(panel.rows_read.begin(), panel.rows_read.end(), false);
  const auto cols = std::count(panel.cols_read.begin(), panel.cols_read.end(), false);
  if (rows == 0 && cols == 0) return "";
  const auto counted = [](std::ptrdiff_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  const std::string both = rows > 0 && cols > 0 ? " and " : "";
  return (rows > 0 ? counted(rows, "row") : "") + both + (cols > 0 ? counted(cols, "column") : "") + " never read";
}

void slide_over(Panel& panel, const WindowAxes& axes) {
  panel.rows = axes.rows.padded();
  panel.cols = axes.cols.padded();
  panel.rows_read = axes.rows.read();
  panel.cols_read = axes.cols.read();
  panel.detail = padding_text(axes.rows, axes.cols);
  const std::string unread = unread_text(panel);
  if (!unread.empty()) panel.detail += (panel.detail.empty() ? "" : ", ") + unread;
}

// Inserted zeros and the rings around them.
std::string full_text(bool inserted, const Panel& panel) {
  const std::int64_t ring = std::max(panel.rows.before, panel.cols.before);
  const std::string padded = ring > 0 ? "padded by " + std::to_string(ring) : "";
  if (!inserted) return padded;
  return padded.empty() ? "zeros inserted" : "zeros inserted, " + padded;
}

// The whole small side among inserted zeros and padding, with a window for each big cell.
void show_full(Panel& panel, const WindowAxes& axes) {
  panel.rows = axes.rows.full();
  panel.cols = axes.cols.full();
  panel.row_sweep = axes.rows.over_full();
  panel.col_sweep = axes.cols.over_full();
  const bool inserted = panel.rows.step > 1 || panel.cols.step > 1;
  panel.detail = full_text(inserted, panel);
}

void turn(Panel& kernel) {
  kernel.rows.turned = kernel.cols.turned = true;
  if (kernel.planes.cells() > 1) kernel.detail = "flipped";
}

// The same windows told from the other side: each number of one side is spread over its window of the other, where the
// results add up. What falls into the padding is cropped.
void place_scatter(StagePlan& plan, const WindowAxes& axes) {
  const Slot big = axes.transposed ? Slot::y : Slot::x;
  bool onto_small = false;
  for (Panel& panel : plan.panels) {
    const bool is_big = panel.role == big;
    const bool kernel = panel.role == Slot::w;
    const bool spread_over = plan.slot == Slot::dw ? is_big : panel.output;
    if (spread_over && is_big) {
      slide_over(panel, axes);
      panel.row_sweep = axes.rows.over_padded();
      panel.col_sweep = axes.cols.over_padded();
    } else if (spread_over && !kernel) {
      show_full(panel, axes);
      onto_small = true;
    }
    panel.kernel = kernel && panel.planes.cells() > 1 && panel.planes.cells() <= kMostLetters;
  }
  // Onto the small side the kernel is laid backwards.
  for (Panel& panel : plan.panels) {
    if (panel.slot == Slot::w && onto_small != axes.flip) turn(panel);
  }
}

// Windows: who slides over whom, and which way the kernel is turned.
void place_windows(StagePlan& plan, const WindowAxes& axes) {
  const Slot big = axes.transposed ? Slot::y : Slot::x;
  const bool gathers = (plan.slot == Slot::y) != axes.transposed;  // small from big
  for (Panel& panel : plan.panels) {
    const bool is_big = panel.role == big;
    const bool is_small = !is_big && (panel.role == Slot::x || panel.role == Slot::y);
    if (plan.slot == Slot::dw) {
      if (is_big) {
        slide_over(panel, axes);
        panel.row_sweep = axes.rows.spread_over_padded(axes.flip);
        panel.col_sweep = axes.cols.spread_over_padded(axes.flip);
      } else if (is_small) {
        panel.rows = axes.rows.spread();
        panel.cols = axes.cols.spread();
        if (panel.rows.step > 1 || panel.cols.step > 1) panel.detail = "spread by the stride";
      }
    } else if (plan.slot == Slot::y || plan.slot == Slot::dx) {
      if (is_big && !panel.output && gathers) {
        slide_over(panel, axes);
        panel.row_sweep = axes.rows.over_padded();
        panel.col_sweep = axes.cols.over_padded();
      } else if (is_small && !panel.output && !gathers && axes.weighted) {
        show_full(panel, axes);
      }
      if (panel.role == Slot::w && gathers == axes.flip) turn(panel);
    }
    panel.kernel = panel.role == Slot::w && panel.planes.cells() > 1 && panel.planes.cells() <= kMostLetters;
  }
}

// A vector of features in rows of equal length; 0 where no length divides it.
std::int64_t fold_width(std::int64_t features, const Trace& trace, int layer) {
  const Shape before = layer > 0 ? trace.net().layer(layer - 1).shapes.x : Shape{};
  if (before.rank() == 4 && before[2] * before[3] > 1 && before[2] * before[3] <= kWidestMatrix) {
    return before[2] * before[3];  // each row is a feature map
  }
  for (std::int64_t width = kWidestMatrix; width > 3; --width) {
    if (features % width == 0) return width;
  }
  return 0;
}

void place_dense(const Trace& trace, StagePlan& plan) {
  const Shape w = trace.net().layer(plan.layer).shapes.w;
  const std::int64_t out = w[0], in = w[1];
  const std::int64_t width = in > kWidestMatrix ? fold_width(in, trace, plan.layer) : 0;
  const bool matrix = width == 0;
  for (Panel& panel : plan.panels) {
    panel.part = panel.role == Slot::w ? Part::matrix : panel.role == Slot::x ? Part::above : Part::beside;
    const std::int64_t batch = panel.tensor->count() / (panel.role == Slot::x ? in : out);
    if (panel.role == Slot::y) reshape(panel, {batch, out, 1});
    if (panel.role == Slot::b) reshape(panel, {1, out, 1});
    if (matrix) continue;
    if (panel.role == Slot::x) reshape(panel, {batch, in / width, width});
    if (panel.role == Slot::w) {
      reshape(panel, {out, in / width, width});
      panel.leading = {out};
    }
    if (panel.role == Slot::x || panel.role == Slot::w)
      panel.shape = std::to_string(in) + " in rows of " + std::to_string(width);
  }
  const bool both = plan.find(Slot::w) || plan.find(Slot::dw);
  plan.form = matrix && both ? StageForm::kMatrix : StageForm::kGrids;
}

void sign_panels(StagePlan& plan, bool weighted, bool windows) {
  for (std::size_t i = 1; i < plan.panels.size(); ++i) {
    Panel& panel = plan.panels[i];
    if (panel.output) {
      panel.sign = plan.see == See::scatter ? "+=" : weighted ? "=" : "→";
    } else if (panel.role == Slot::b) {
      panel.sign = "+";
    } else if (weighted && plan.form != StageForm::kMatrix) {
      panel.sign = windows && plan.see != See::scatter ? "⋆" : "·";
    }
  }
}

void plan_update(const Trace& trace, StagePlan& plan) {
  const bool weight = plan.slot == Slot::w_next;
  plan.panels.push_back(make_panel(trace, plan.layer, weight ? Slot::w : Slot::b));
  plan.panels.push_back(make_panel(trace, plan.layer, weight ? Slot::dw : Slot::db));
  plan.panels.push_back(make_panel(trace, plan.layer, plan.slot));
  const Sgd* sgd = std::get_if<Sgd>(&trace.net().optimizer());
  const bool plain = sgd && sgd->momentum == 0.0 && sgd->weight_decay == 0.0;
  plan.panels[1].sign = plain ? "− " + format_number(sgd->lr) + " ·" : "";
  plan.panels[2].sign = plain ? "=" : "→";
  plan.panels[2].title += "′";
  plan.panels[2].output = true;
}

// A gradient that no weight waits for: that of the input, and of what is worked out from it without weights.
bool is_unneeded(const Network& net, const Block& block) {
  if (block.phase != Phase::backward || block.slot != Slot::dx || block.layer == net.layer_count()) return false;
  for (int i = 0; i < block.layer; ++i) {
    if (!net.layer(i).shapes.w.is_none()) return false;
  }
  return true;
}

void finish_captions(const StagePlan& plan, Panel& panel) {
  if (plan.form == StageForm::kTable) return;  // columns say enough by their names
  if (panel.shape.empty() && panel.planes.cells() > 1) {
    panel.shape = std::to_string(panel.planes.rows) + "×" + std::to_string(panel.planes.cols);
  }
}

}  // namespace

Slot primal(Slot slot) {
  switch (slot) {
    case Slot::dx: return Slot::x;
    case Slot::dw:
    case Slot::w_next: return Slot::w;
    case Slot::db:
    case Slot::b_next: return Slot::b;
    case Slot::dy: return Slot::y;
    default: return slot;
  }
}

const Panel* StagePlan::find(Slot slot_of) const {
  const auto it = std::find_if(panels.begin(), panels.end(), [&](const Panel& p) { return p.slot == slot_of; });
  return it == panels.end() ? nullptr : &*it;
}

std::int64_t Panel::cell_at(std::int64_t plane, std::int64_t row, std::int64_t col) const {
  if (listed) return entries[static_cast<std::size_t>(row * cols.extent + col)];
  const auto r = rows.cell(row), c = cols.cell(col);
  return r && c ? planes.index({plane, *r, *c}) : -1;
}

std::optional<PlaneCell> Panel::place_of(std::int64_t plane, std::int64_t index) const {
  if (listed) {
    const auto at = std::find(entries.begin(), entries.end(), index) - entries.begin();
    if (at == static_cast<std::ptrdiff_t>(entries.size())) return std::nullopt;
    return PlaneCell{plane, at / cols.extent, at % cols.extent};
  }
  const PlaneCell cell = planes.at(index);
  if (cell.plane != plane) return std::nullopt;
  return PlaneCell{plane, rows.place(cell.row), cols.place(cell.col)};
}

std::string Panel::title_of(std::int64_t plane) const {
  if (planes.count < 2 || leading.empty()) return title;
  std::string indices;
  for (std::size_t axis = leading.size(); axis-- > 0;) {
    indices = std::to_string(plane % leading[axis]) + (indices.empty() ? "" : "," + indices);
    plane /= leading[axis];
  }
  return title + "[" + indices + "]";
}

StagePlan plan_stage(const Trace& trace, const Block& block, See see) {
  StagePlan plan;
  plan.see = see;
  plan.layer = block.layer;
  plan.slot = block.slot;
  plan.heading = see == See::gather ? block_heading(trace, block) : see_heading(trace, block, see);
  if (is_unneeded(trace.net(), block)) plan.heading += "; not needed for training";
  if (block.layer == trace.net().layer_count()) {
    plan_loss(trace, plan);
  } else if (block.phase == Phase::update) {
    plan_update(trace, plan);
  } else {
    const NetworkLayer& layer = trace.net().layer(block.layer);
    for (const Slot slot : operand_slots(layer, block)) plan.panels.push_back(make_panel(trace, block.layer, slot));
    // The winners of a maximum are where they were: the input stands beside the gradient that goes back to them.
    const bool routed = block.slot == Slot::dx && !trace.record(block.layer).switches.empty();
    if (routed) plan.panels.insert(plan.panels.begin(), make_panel(trace, block.layer, Slot::x));
    plan.panels.push_back(make_panel(trace, block.layer, block.slot));
    plan.panels.back().output = true;
    std::erase_if(plan.panels, [](const Panel& panel) { return panel.tensor == nullptr; });
    const bool weighted = plan.find(Slot::w) || block.slot == Slot::dw;
    for (Panel& panel : plan.panels) panel.gate = panel.slot == Slot::x && std::holds_alternative<Relu>(layer.op);
    const auto axes = window_axes(layer);
    // Of the biases of a convolution one takes part: it stands alone.
    for (Panel& panel : plan.panels) {
      if (panel.slot != Slot::b || !axes) continue;
      panel.leading = {panel.planes.cols};
      reshape(panel, {panel.planes.cols, 1, 1});
    }
    if (see == See::unrolled || see == See::matrix) {
      plan_matrix(plan);
    } else if (axes && see == See::scatter) {
      place_scatter(plan, *axes);
    } else if (axes) {
      place_windows(plan, *axes);
    }
    if (std::holds_alternative<Dense>(layer.op)) place_dense(trace, plan);
    sign_panels(plan, weighted, axes.has_value());
  }
  for (Panel& panel : plan.panels) finish_captions(plan, panel);
  return plan;
}

}  // namespace backstep::views
