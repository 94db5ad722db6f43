#include "web/views/panel_view.h"

#include <algorithm>
#include <cmath>

#include "engine/notation.h"
#include "web/app/cells.h"
#include "web/views/stage_zoom.h"
#include "web/views/thumbnails.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kTitle{ui::Face::kSansBold, 13};
constexpr ui::TextStyle kDetail{ui::Face::kSans, 13};
constexpr ui::TextStyle kSign{ui::Face::kSerif, 24};
constexpr ui::TextStyle kWordSign{ui::Face::kSans, 15};
constexpr float kTitleGap = 8;
constexpr float kNameGap = 12;
constexpr int kShapeColumns = 3;  // grids narrower than this show no shape

ui::TextStyle sign_style(const std::string& sign) { return sign.size() > 4 ? kWordSign : kSign; }

// For those who meet it for the first time.
std::string introduction(const Panel& panel, int layer) {
  if (panel.slot == Slot::x) return layer == 0 ? "the picture" : "what comes in";
  if (panel.slot == Slot::w) return "the kernel";
  return panel.slot == Slot::y ? "what comes out" : "";
}

// The most that fits: what it is, shape, and what is special about the grid.
std::string detail_text(const Panel& panel, const std::string& what, float width) {
  const std::string parts[] = {what, panel.shape, panel.detail};
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    const std::string longer = out.empty() ? part : out + " · " + part;
    if (ui::text_width(longer, kDetail) > width) continue;
    out = longer;
  }
  return out;
}

// Rows and columns that no window ever reads: hatched, so that they are seen to be left over.
void hatch(ui::Painter& painter, const ui::Rect& rect) {
  const ui::ScopeGuard guard(painter, ui::clipped(painter, rect));
  const ui::Stroke stroke{painter.theme().dim_ink, 1};
  constexpr float kStep = 7;
  for (float x = rect.x - rect.h; x < rect.right(); x += kStep) {
    painter.line({x, rect.bottom()}, {x + rect.h, rect.y}, stroke);
  }
}

void draw_unread(ui::Painter& painter, const ui::GridLayout& grid, const Panel& panel) {
  for (std::size_t r = 0; r < panel.rows_read.size(); ++r) {
    if (!panel.rows_read[r]) hatch(painter, grid.span_rect(static_cast<int>(r), 0, 1, grid.cols));
  }
  for (std::size_t c = 0; c < panel.cols_read.size(); ++c) {
    if (!panel.cols_read[c]) hatch(painter, grid.span_rect(0, static_cast<int>(c), grid.rows, 1));
  }
}

// A cross in the corner of every cell that a gate stops.
void draw_closed_gates(ui::Painter& painter, const ui::GridLayout& grid, const PanelView& shown) {
  constexpr float kSmallestCell = 26;
  if (grid.cell < kSmallestCell) return;
  const ui::Theme& t = painter.theme();
  for (int row = 0; row < grid.rows; ++row) {
    for (int col = 0; col < grid.cols; ++col) {
      const ui::GridCell& cell = shown.cells[static_cast<std::size_t>(row * grid.cols + col)];
      if (cell.state != ui::CellState::kValue || cell.value > 0 || cell.value != cell.value) continue;
      const ui::Rect r = grid.cell_rect(row, col);
      const float arm = std::clamp(r.h * 0.07F, 2.5F, 5.0F);
      const ui::Vec2 c{r.right() - r.h * 0.09F - arm, r.y + r.h * 0.09F + arm};
      const ui::Colour fill = ui::value_colour(t, cell.value, shown.scale);
      const ui::Stroke stroke{cell.dim ? t.dim_ink : ui::ink_on(t, fill), 1.4F};
      painter.line({c.x - arm, c.y - arm}, {c.x + arm, c.y + arm}, stroke);
      painter.line({c.x - arm, c.y + arm}, {c.x + arm, c.y - arm}, stroke);
    }
  }
}

}  // namespace

GridWish wish_of(const StageView& view, std::size_t i) {
  const Panel& panel = view.plan.panels[i];
  GridWish wish;
  wish.rows = static_cast<int>(panel.rows.extent);
  wish.cols = static_cast<int>(panel.cols.extent);
  wish.thumbnails = static_cast<int>(view.panels[i].thumbnails.size());
  wish.caption = ui::text_width(panel.title_of(view.panels[i].plane), kTitle) + 2;
  if (wish.cols >= kShapeColumns && !panel.shape.empty()) {
    wish.caption += kTitleGap + ui::text_width(panel.shape, kDetail);
  }
  wish.sign = panel.sign.empty() ? 0 : ui::text_width(panel.sign, sign_style(panel.sign));
  wish.matrix = panel.part == Part::matrix;
  wish.above = panel.part == Part::above;
  wish.aside = panel.part == Part::aside;
  for (const std::string& name : panel.row_names) {
    wish.names = std::max(wish.names, ui::text_width(name, kDetail) + kNameGap);
  }
  return wish;
}

void draw_caption(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t i) {
  if (place.grid.rows == 0) return;
  const Panel& panel = context.view.plan.panels[i];
  const ui::Theme& t = painter.theme();
  const ui::Rect line{place.caption.x, place.caption.y, place.caption.w, 16};
  const std::string title = panel.title_of(context.view.panels[i].plane);
  painter.text_in(line, title, kTitle, t.ink, ui::Align::kLeft);
  const float used = ui::text_width(title, kTitle) + kTitleGap;
  const std::string what = context.introduces ? introduction(panel, context.view.plan.layer) : "";
  const std::string detail = detail_text(panel, what, line.w - used);
  painter.text_in({line.x + used, line.y, line.w - used, line.h}, detail, kDetail, t.dim_ink, ui::Align::kLeft);
}

void draw_sign(ui::Painter& painter, const GridPlace& place, const Panel& panel) {
  if (place.grid.rows == 0 || panel.sign.empty() || place.sign.x <= 0) return;
  const ui::TextStyle style = sign_style(panel.sign);
  const ui::Rect around{place.sign.x - 40, place.sign.y - 16, 80, 32};
  painter.text_in(around, panel.sign, style, painter.theme().dim_ink);
}

const ui::DigitFit& digit_fit(StageView& view, std::size_t i, const ui::GridLayout& grid) {
  PanelView& shown = view.panels[i];
  const ui::Vec2 cell{grid.width(), grid.cell};
  if (!(shown.fit_cell == cell)) {
    shown.fit = ui::fit_digits(view.plan.panels[i].values(), grid.cell, grid.wider);
    shown.fit_cell = cell;
  }
  return shown.fit;
}

PanelHit draw_panel(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t i) {
  PanelHit hit;
  if (place.grid.rows == 0) return hit;  // there was no room for it
  const Panel& panel = context.view.plan.panels[i];
  const PanelView& shown = context.view.panels[i];
  hit.thumbnail = draw_thumbnails(painter, place, context.model, context.view, i);
  const auto index_at = [&](int row, int col) { return panel.cell_at(shown.plane, row, col); };
  const std::string name = "stage." + std::to_string(i);
  ui::NumberGrid grid;
  grid.name = name;
  grid.cells = shown.cells;
  grid.scale = shown.scale;
  grid.marks = shown.marks;
  ui::DigitFit fit = shown.fit;
  fit.fits = fit.fits && std::min(fit.style.size, context.digits) >= context.least_digits;
  grid.fit = &fit;
  grid.digits = context.digits;
  grid.version = context.view.version;
  grid.flags = context.flags;
  if (panel.slot != Slot::none) {
    grid.label = [&](int row, int col) -> std::string {
      const std::int64_t index = index_at(row, col);
      if (index < 0) return "";
      const Trace& trace = *context.model.trace;
      std::string label(trace.net().name_of(context.view.plan.layer));
      label += " " + cell_symbol(trace, context.view.plan.layer, panel.slot, index);
      if (index >= shown.known) return label + ", not yet computed";
      const auto source = app::source_at(context.model, {context.view.plan.layer, panel.slot, index});
      return source && app::is_locked(context.model.state.scene, *source) ? label + ", locked" : label;
    };
  }
  draw_extent(painter, place);
  // A rim of the neighbours shows that the grid goes on, and leaves room for outlines.
  const ui::ScopeGuard guard(painter,
                             place.cropped() ? ui::clipped(painter, ui::grown(place.view, 4)) : painter.scope());
  hit.grid = ui::number_grid(painter, place.grid, grid);
  if (hit.grid.row >= 0) hit.index = index_at(hit.grid.row, hit.grid.col);
  draw_unread(painter, place.grid, panel);
  if (panel.gate) draw_closed_gates(painter, place.grid, shown);
  for (std::size_t r = 0; r < panel.row_names.size(); ++r) {
    const ui::Rect cell = place.grid.cell_rect(static_cast<int>(r), 0);
    painter.text_in({place.names.x, cell.y, place.names.w - kNameGap, cell.h}, panel.row_names[r], kDetail,
                    painter.theme().dim_ink, ui::Align::kRight);
  }
  return hit;
}

}  // namespace backstep::views
