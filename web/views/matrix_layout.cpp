#include <algorithm>

#include "web/views/stage_measures.h"

namespace backstep::views {
namespace {

constexpr float kSmallest = 2;       // px of a cell: on a phone a matrix is a pattern, not numbers
constexpr float kSmallestAside = 9;  // px of a cell; below, one matrix stands alone

float extent(int cells, float cell) { return ui::grid_of({}, cells, cells, cell).bounds().w; }

// The sizes of the three parts with cells of one size.
struct Parts {
  float column = 0;  // width of the matrix and what stands above it
  float beside = 0;  // width of what stands beside it, with gaps and signs
  float above = 0;   // height of what stands above it, with its captions
  float matrix = 0;  // height of the matrix with its caption
  float aside = 0;   // width of what stands left of it, with the gap
};

Parts parts_of(std::span<const GridWish> wishes, const Measures& m, float cell, bool aside) {
  Parts out;
  for (const GridWish& w : wishes) {
    const float width = std::max(w.caption, extent(w.cols, cell));
    if (w.matrix || w.above) out.column = std::max(out.column, width);
    if (w.aside) {
      if (aside) out.aside = m.gap + width;
      continue;
    }
    if (w.matrix) out.matrix = m.caption + extent(w.rows, cell);
    if (w.above) out.above += m.caption + extent(w.rows, cell) + m.row_gap;
    if (!w.matrix && !w.above) out.beside += m.gap + w.sign + width;
  }
  return out;
}

}  // namespace

std::vector<GridPlace> place_matrix(const ui::Rect& area, std::span<const GridWish> wishes) {
  const Measures m = measures_for(area);
  float cell = kLargestCell;
  Parts parts;
  for (const bool aside : {true, false}) {
    cell = kLargestCell;
    parts = parts_of(wishes, m, cell, aside);
    const auto width = [&] { return parts.aside + parts.column + parts.beside; };
    while (cell > kSmallest && (width() > area.w || parts.above + parts.matrix > area.h)) {
      parts = parts_of(wishes, m, --cell, aside);
    }
    if (cell >= kSmallestAside) break;
  }
  const ui::Vec2 origin{area.x + parts.aside + (area.w - parts.aside - parts.column - parts.beside) / 2,
                        area.y + (area.h - parts.above - parts.matrix) / 2};
  std::vector<GridPlace> out(wishes.size());
  float x = origin.x + parts.column;
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    const GridWish& wish = wishes[i];
    const float width = std::max(wish.caption, extent(wish.cols, cell));
    if (wish.aside) {
      if (parts.aside <= 0) continue;
      const ui::Vec2 corner{origin.x - parts.aside, origin.y + parts.above};
      out[i].grid = ui::grid_of({corner.x, corner.y + m.caption}, wish.rows, wish.cols, cell);
      out[i].caption = {corner.x, corner.y, width, m.caption};
      continue;
    }
    ui::Vec2 at{origin.x, origin.y + (wish.above ? 0 : parts.above)};
    if (!wish.above && !wish.matrix) {
      out[i].sign = {x + (m.gap + wish.sign) / 2, at.y + m.caption + (parts.matrix - m.caption) / 2};
      at.x = x + m.gap + wish.sign;
      x = at.x + width;
    }
    out[i].grid = ui::grid_of({at.x, at.y + m.caption}, wish.rows, wish.cols, cell);
    out[i].caption = {at.x, at.y, width + m.gap - 8, m.caption};
  }
  return out;
}

}  // namespace backstep::views
