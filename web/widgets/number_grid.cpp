#include "web/widgets/number_grid.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "web/widgets/number_text.h"
#include "web/widgets/text_block.h"

namespace backstep::ui {
namespace {

constexpr float kLetterCell = 36;          // px, smallest cell with a letter
constexpr int kMostSingleAreas = 40 * 40;  // beyond, one area for the whole grid: nobody names so many cells

// Cells still to be computed count as well: digits must not change their size from step to step.
std::vector<float> all_values(std::span<const GridCell> cells) {
  std::vector<float> values;
  values.reserve(cells.size());
  for (const GridCell& c : cells) {
    if (c.state != CellState::kNothing && c.state != CellState::kBlank && c.state != CellState::kRunning)
      values.push_back(c.value);
  }
  return values;
}

Colour fill_of(const Theme& theme, const GridCell& cell, float scale) {
  const Colour full = value_colour(theme, cell.value, scale);
  return cell.dim ? dimmed(theme, full) : full;
}

void draw_letter(Painter& painter, const Rect& r, char letter, Colour ink) {
  const TextStyle style{Face::kSerifItalic, std::clamp(r.h * 0.27F, 12.0F, 17.0F)};
  const float inset = r.h * 0.08F;
  painter.text({r.x + inset, r.y + inset + font_metrics(style).cap_height}, {&letter, 1}, style, ink);
}

void draw_glow(Painter& painter, const Rect& r, float radius, float glow) {
  const Colour colour = painter.theme().glow;
  for (int ring = 0; ring < 3; ++ring) {
    const float grow = 2.0F + 2.0F * static_cast<float>(ring);
    painter.stroke_rect(grown(r, grow), {faded(colour, glow * (0.34F - 0.1F * static_cast<float>(ring))), 2.0F},
                        radius + grow);
  }
}

// Of a cropped grid the neighbours of what is in sight show a rim, with neither a number nor an ear.
bool middle_in_sight(const Painter& painter, const Rect& r) {
  return painter.visible({r.centre().x, r.centre().y, 1, 1});
}

// NaN and infinities are seen by shape too: a frame and two cut corners.
void draw_not_finite(Painter& painter, const Rect& r, float radius) {
  const Colour colour = painter.theme().error;
  painter.stroke_rect(grown(r, -1), {colour, 2}, radius - 1);
  const float cut = std::min(8.0F, r.h * 0.25F);
  const Vec2 first[] = {{r.x, r.y}, {r.x + cut, r.y}, {r.x, r.y + cut}};
  const Vec2 last[] = {{r.right(), r.bottom()}, {r.right() - cut, r.bottom()}, {r.right(), r.bottom() - cut}};
  painter.fill_polygon(first, colour);
  painter.fill_polygon(last, colour);
}

void draw_cell(Painter& painter, const Rect& r, const GridCell& cell, float scale, float radius, const DigitFit& fit) {
  const Theme& t = painter.theme();
  Colour ink = cell.dim ? t.dim_ink : t.ink;
  switch (cell.state) {
    case CellState::kValue: {
      const Colour fill = fill_of(t, cell, scale);
      painter.fill_rect(r, fill, radius);
      if (!cell.dim) ink = ink_on(t, fill);
      if (!std::isfinite(cell.value)) draw_not_finite(painter, r, radius);
      break;
    }
    case CellState::kRunning:
      painter.fill_rect(r, t.surface, radius);
      painter.stroke_rect(grown(r, -0.5F), {t.control, 1}, radius);
      break;
    case CellState::kPending: painter.stroke_rect(grown(r, -0.5F), {t.empty, 1}, radius); return;
    case CellState::kNothing: {
      // Inset, so that neighbours' dashes do not run into each other.
      const float size = r.h * 0.62F;
      const Rect ring{r.centre().x - size / 2, r.centre().y - size / 2, size, size};
      painter.stroke_rect(ring, {t.control, 1, 3, 3}, size / 2);
      return;
    }
    case CellState::kBlank: painter.fill_circle(r.centre(), r.h < 16 ? 0.75F : 1.25F, t.control); return;
    case CellState::kCovered:
      painter.fill_rect(r, t.surface, radius);
      painter.stroke_rect(grown(r, -0.5F), {t.control, 1}, radius);
      painter.text_in(r, "?", {Face::kSans, std::clamp(r.h * 0.42F, 9.0F, 30.0F)}, ink);
      return;
  }
  if (cell.letter != 0 && r.h >= kLetterCell) draw_letter(painter, r, static_cast<char>(cell.letter), ink);
  if (!fit.fits || !middle_in_sight(painter, r)) return;
  DigitFit exact = fit;
  if (cell.state == CellState::kRunning) exact.tiny = 0;  // what is being added up is never called nearly zero
  const std::string number = fitted_number(cell.value, exact, r.w - 4);
  TextStyle style = fit.style;
  const float width = text_width(number, style);
  if (width > r.w - 4) style.size *= (r.w - 4) / width;  // a running sum may be longer than every final value
  painter.text_in(r, number, style, ink);
}

// All cells at once, for cells too small for anything but colour.
void draw_as_image(Painter& painter, const GridLayout& layout, const NumberGrid& grid) {
  std::vector<float> values(grid.cells.size());
  std::transform(grid.cells.begin(), grid.cells.end(), values.begin(), [](const GridCell& c) { return c.value; });
  TensorImage image;
  image.key = hit_id(grid.name);
  image.version = grid.version;
  image.values = values;
  image.h = layout.rows;
  image.w = layout.cols;
  image.scale = grid.scale;
  const auto pending = std::find_if(grid.cells.begin(), grid.cells.end(),
                                    [](const GridCell& c) { return c.state == CellState::kPending; });
  image.known = pending - grid.cells.begin();
  painter.tensor_image(layout.bounds(), image);
  // How far it will reach.
  if (pending != grid.cells.end())
    painter.stroke_rect(grown(layout.bounds(), 0.5F), {painter.theme().empty, 1}, layout.radius());
}

void draw_indices(Painter& painter, const GridLayout& layout) {
  const TextStyle style = text_style(TextRole::kTiny);
  const Colour ink = painter.theme().dim_ink;
  for (int i = 0; i < layout.rows; ++i) {
    const Rect r = layout.cell_rect(i, 0);
    painter.text_in({r.x - 22, r.y, 16, r.h}, std::to_string(i), style, ink, Align::kRight);
  }
  for (int i = 0; i < layout.cols; ++i) {
    const Rect r = layout.cell_rect(0, i);
    painter.text_in({r.x, r.y - 18, r.w, 16}, std::to_string(i), style, ink);
  }
}

GridHit hit_cells(Painter& painter, const GridLayout& layout, const NumberGrid& grid) {
  GridHit result;
  if (!grid.label) return result;
  if (layout.rows * layout.cols > kMostSingleAreas) {
    const HitState state = painter.hit({hit_id(grid.name), layout.bounds(), grid.name, HitRole::kImage, grid.flags});
    if ((state.hovered || state.pressed || state.clicked || state.long_pressed || state.drag_ended) &&
        layout.cell_at(state.pointer, &result.row, &result.col)) {
      result.state = state;
    } else {
      result.row = result.col = -1;
    }
    return result;
  }
  for (int row = 0; row < layout.rows; ++row) {
    for (int col = 0; col < layout.cols; ++col) {
      const int flat = row * layout.cols + col;
      Rect r = layout.cell_rect(row, col);
      r.w += layout.gap;  // no dead lines between cells, or hovering would flicker
      r.h += layout.gap;
      const CellState shown = grid.cells[static_cast<std::size_t>(flat)].state;
      if (shown == CellState::kNothing || shown == CellState::kBlank || !middle_in_sight(painter, r)) continue;
      const std::string label = painter.wants_labels() ? grid.label(row, col) : std::string();
      const HitState state =
          painter.hit({hit_id(grid.name, static_cast<std::uint64_t>(flat) + 1), r, label, HitRole::kCell, grid.flags});
      const bool held = state.pressed || state.clicked || state.long_pressed || state.drag_ended;
      if (held || (state.hovered && result.row < 0)) result = {row, col, state};
    }
  }
  return result;
}

}  // namespace

void draw_mark(Painter& painter, const Rect& r, MarkRole role, float cell) {
  const Theme& t = painter.theme();
  const float radius = cell < 24 ? 3.0F : 6.0F;
  const bool small = cell < 24;
  switch (role) {
    case MarkRole::kWindow: painter.stroke_rect(grown(r, 2), {t.ink, small ? 1.5F : 2.0F}, radius); break;
    case MarkRole::kCurrent:
      // A ring of ground between cell and outline keeps the outline readable on every colour.
      painter.stroke_rect(grown(r, 1), {t.ground, 2}, radius - 1);
      painter.stroke_rect(grown(r, small ? 2.0F : 3.0F), {t.ink, small ? 2.0F : 2.5F}, radius + 1);
      break;
    case MarkRole::kTerm:
      painter.stroke_rect(grown(r, -2.5F), {t.surface, 1}, radius - 2);
      painter.stroke_rect(grown(r, -1), {t.ink, 2}, radius - 1);
      break;
    case MarkRole::kRelated: painter.stroke_rect(grown(r, -1), {t.ink, 1.5F, 4, 3}, radius - 1); break;
    case MarkRole::kHovered: painter.stroke_rect(grown(r, 0.5F), {t.ink, 1.5F}, radius - 1); break;
    case MarkRole::kWinner: {
      // Two nested outlines: told from the window by shape alone.
      painter.stroke_rect(grown(r, -1), {t.ink, 1.5F}, radius - 1);
      if (!small) painter.stroke_rect(grown(r, -5), {t.ink, 1}, radius - 3);
      break;
    }
    case MarkRole::kCursor:
      painter.stroke_rect(grown(r, 1), {t.ground, 2}, radius - 1);
      painter.stroke_rect(grown(r, 3), {t.focus, 2}, radius + 1);
      break;
  }
}

GridHit number_grid(Painter& painter, const GridLayout& layout, const NumberGrid& grid) {
  if (!painter.visible(grown(layout.bounds(), 8)) ||
      grid.cells.size() < static_cast<std::size_t>(layout.rows) * static_cast<std::size_t>(layout.cols)) {
    return {};
  }
  if (layout.gap <= 0) {
    draw_as_image(painter, layout, grid);
  } else {
    DigitFit fit = grid.fit != nullptr ? *grid.fit : fit_digits(all_values(grid.cells), layout.cell, layout.wider);
    if (grid.digits > 0) fit.style.size = std::min(fit.style.size, grid.digits);
    const float radius = layout.radius();
    for (int row = 0; row < layout.rows; ++row) {
      for (int col = 0; col < layout.cols; ++col) {
        const GridCell& cell = grid.cells[static_cast<std::size_t>(row * layout.cols + col)];
        const Rect place = layout.cell_rect(row, col);
        if (painter.visible(place)) draw_cell(painter, place, cell, grid.scale, radius, fit);
      }
    }
    for (int row = 0; row < layout.rows; ++row) {
      for (int col = 0; col < layout.cols; ++col) {
        const GridCell& cell = grid.cells[static_cast<std::size_t>(row * layout.cols + col)];
        if (cell.glow > 0) draw_glow(painter, layout.cell_rect(row, col), radius, cell.glow);
      }
    }
  }
  if (grid.indices) draw_indices(painter, layout);
  const GridHit hit = hit_cells(painter, layout, grid);
  for (const GridMark& mark : grid.marks) {
    draw_mark(painter, layout.span_rect(mark.row, mark.col, mark.rows, mark.cols), mark.role, layout.cell);
  }
  return hit;
}

float common_digits(std::span<const GridLayout> layouts, std::span<const std::span<const GridCell>> cells) {
  float size = 1000;
  for (std::size_t i = 0; i < layouts.size() && i < cells.size(); ++i) {
    const DigitFit fit = fit_digits(all_values(cells[i]), layouts[i].cell, layouts[i].wider);
    if (fit.fits) size = std::min(size, fit.style.size);
  }
  return size;
}

void grid_caption(Painter& painter, const GridLayout& layout, std::string_view title, std::string_view detail,
                  bool above_indices) {
  const TextStyle strong{Face::kSansBold, 13};
  const TextStyle plain = text_style(TextRole::kCaption);
  const float baseline = layout.origin.y - (above_indices ? 28.0F : 12.0F);
  painter.text({layout.origin.x, baseline}, title, strong, painter.theme().ink);
  painter.text({layout.origin.x + text_width(title, strong) + 8, baseline}, detail, plain, painter.theme().dim_ink);
}

}  // namespace backstep::ui
