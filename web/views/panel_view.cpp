#include "web/views/panel_view.h"

#include <algorithm>
#include <cmath>

#include "engine/notation.h"
#include "web/views/loss_plan.h"
#include "web/widgets/heatmap.h"
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

// The most that fits: shape, and what is special about the grid.
std::string detail_text(const Panel& panel, float width) {
  const std::string parts[] = {panel.shape, panel.detail};
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    const std::string longer = out.empty() ? part : out + " · " + part;
    if (ui::text_width(longer, kDetail) > width) continue;
    out = longer;
  }
  return out;
}

void draw_thumbnails(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t i,
                     int* clicked) {
  const PanelView& shown = context.view.panels[i];
  const Panel& panel = context.view.plan.panels[i];
  if (shown.thumbnails.empty() || place.thumbnails.empty()) return;
  const ui::ScopeGuard guard(painter, ui::clipped(painter, ui::grown(place.thumbnails, 4)));
  const auto plane_cells = static_cast<std::size_t>(panel.planes.cells());
  const float pitch = kThumbnail + kThumbnailGap;
  const float room = place.side_by_side ? place.thumbnails.h : place.thumbnails.w;
  const int most = std::max(1, static_cast<int>((room + kThumbnailGap) / pitch));
  // Lines of equal length look tidier than full ones and a rest.
  const auto n = static_cast<int>(shown.thumbnails.size());
  const int lines = (n + most - 1) / most;
  const int per_line = (n + lines - 1) / lines;
  for (std::size_t k = 0; k < shown.thumbnails.size(); ++k) {
    const std::int64_t plane = shown.thumbnails[k];
    const auto along = static_cast<float>(static_cast<int>(k) % per_line) * pitch;
    const auto across = static_cast<float>(static_cast<int>(k) / per_line) * pitch;
    const ui::Rect box{place.thumbnails.x + (place.side_by_side ? across : along),
                       place.thumbnails.y + (place.side_by_side ? along : across), kThumbnail, kThumbnail};
    if (!painter.visible(box)) continue;
    const ui::Vec2 size = ui::heatmap_size(static_cast<int>(panel.planes.rows), static_cast<int>(panel.planes.cols),
                                           {kThumbnail, kThumbnail});
    ui::Heatmap map;
    const std::string name = "stage.plane." + std::to_string(i);
    const std::string label = panel.title + ", plane " + std::to_string(plane);
    map.image.key = ui::hit_id("plane", panel.key ^ static_cast<std::uint64_t>(plane + 1) * 0x9E3779B97F4A7C15ULL);
    map.image.version = context.view.version;
    map.image.values = panel.values().subspan(static_cast<std::size_t>(plane) * plane_cells, plane_cells);
    map.image.h = static_cast<int>(panel.planes.rows);
    map.image.w = static_cast<int>(panel.planes.cols);
    map.image.scale = shown.scale;
    map.image.known = std::clamp<std::int64_t>(shown.known - plane * panel.planes.cells(), 0, panel.planes.cells());
    map.current = plane == shown.plane;
    const ui::HitState state =
        painter.hit({ui::hit_id(name, k + 1), box, label, ui::HitRole::kOption, map.current ? ui::kHitSelected : 0});
    ui::heatmap(painter, {box.x + (box.w - size.x) / 2, box.y + (box.h - size.y) / 2, size.x, size.y}, map);
    if (state.clicked) *clicked = static_cast<int>(k);
  }
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
  wish.matrix = panel.role == Slot::w;
  wish.above = panel.role == Slot::x;
  for (const std::string& name : panel.row_names) {
    wish.names = std::max(wish.names, ui::text_width(name, kDetail) + kNameGap);
  }
  return wish;
}

void draw_caption(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t i) {
  const Panel& panel = context.view.plan.panels[i];
  const ui::Theme& t = painter.theme();
  const ui::Rect line{place.caption.x, place.caption.y, place.caption.w, 16};
  const std::string title = panel.title_of(context.view.panels[i].plane);
  painter.text_in(line, title, kTitle, t.ink, ui::Align::kLeft);
  const float used = ui::text_width(title, kTitle) + kTitleGap;
  const std::string detail = detail_text(panel, line.w - used);
  painter.text_in({line.x + used, line.y, line.w - used, line.h}, detail, kDetail, t.dim_ink, ui::Align::kLeft);
  if (!panel.sign.empty() && place.sign.x > 0) {
    const ui::Rect around{place.sign.x - 40, place.sign.y - 16, 80, 32};
    painter.text_in(around, panel.sign, sign_style(panel.sign), t.dim_ink);
  }
}

const ui::DigitFit& digit_fit(StageView& view, std::size_t i, float cell) {
  PanelView& shown = view.panels[i];
  if (shown.fit_cell != cell) {
    shown.fit = ui::fit_digits(view.plan.panels[i].values(), cell);
    shown.fit_cell = cell;
  }
  return shown.fit;
}

PanelHit draw_panel(ui::Painter& painter, const GridPlace& place, const PanelContext& context, std::size_t i) {
  PanelHit hit;
  const Panel& panel = context.view.plan.panels[i];
  const PanelView& shown = context.view.panels[i];
  draw_thumbnails(painter, place, context, i, &hit.thumbnail);
  const auto index_at = [&](int row, int col) -> std::int64_t {
    const auto r = panel.rows.cell(row), c = panel.cols.cell(col);
    return r && c ? panel.planes.index({shown.plane, *r, *c}) : -1;
  };
  const std::string name = "stage." + std::to_string(i);
  ui::NumberGrid grid;
  grid.name = name;
  grid.cells = shown.cells;
  grid.scale = shown.scale;
  grid.marks = shown.marks;
  grid.fit = &shown.fit;
  grid.digits = context.digits;
  grid.version = context.view.version;
  if (panel.slot != Slot::none) {
    grid.label = [&](int row, int col) -> std::string {
      const std::int64_t index = index_at(row, col);
      if (index < 0) return "";
      const Trace& trace = *context.model.trace;
      std::string label(trace.net().name_of(context.view.plan.layer));
      label += " " + cell_symbol(trace, context.view.plan.layer, panel.slot, index);
      return index < shown.known ? label : label + ", not yet computed";
    };
  }
  hit.grid = ui::number_grid(painter, place.grid, grid);
  if (hit.grid.row >= 0) hit.index = index_at(hit.grid.row, hit.grid.col);
  draw_unread(painter, place.grid, panel);
  for (std::size_t r = 0; r < panel.row_names.size(); ++r) {
    const ui::Rect cell = place.grid.cell_rect(static_cast<int>(r), 0);
    painter.text_in({place.names.x, cell.y, place.names.w - kNameGap, cell.h}, panel.row_names[r], kDetail,
                    painter.theme().dim_ink, ui::Align::kRight);
  }
  return hit;
}

}  // namespace backstep::views
