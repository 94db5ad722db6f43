#include "web/views/stage_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "web/views/stage_measures.h"
#include "web/views/thumbnails.h"

namespace backstep::views {
namespace {

constexpr float kReadableCell = 46;   // px that small grids are enlarged to beside large ones
constexpr float kReadableWidth = 60;  // px that the cells of a column are widened to where they are too low
// px of height below which no number fits.
constexpr float kLeastLine = ui::kSmallestDigits / ui::kShareOfHeight;
constexpr int kSmallGrid = 5;  // rows and columns

struct Size {
  float w = 0, h = 0;
};

// One arrangement: which wishes stand in which row.
using Rows = std::vector<std::vector<std::size_t>>;

class Solver {
 public:
  Solver(const ui::Rect& area, std::span<const GridWish> wishes)
      : area_(area), wishes_(wishes), m_(measures_for(area)) {}

  // Of each grid, in px.
  struct Cell {
    float size = 0, wider = 0;
  };
  using Cells = std::vector<Cell>;

  // The largest cells with which the rows fit; small grids may grow further than large ones.
  Cells solve(const Rows& rows) const {
    float large = kLargestCell;
    while (large > kSmallestCell && !fits(rows, cells_of(large, large))) --large;
    float small = large;
    while (small < std::max(kReadableCell, large) && fits(rows, cells_of(large, small + 1))) ++small;
    // On the other hand large grids may use the height that small ones leave.
    while (large < kLargestCell && fits(rows, cells_of(large + 1, small))) ++large;
    return widened(rows, grown(rows, cells_of(large, small)));
  }

  bool is_small(std::size_t i) const { return wishes_[i].rows <= kSmallGrid && wishes_[i].cols <= kSmallGrid; }

  ui::GridLayout grid(std::size_t i, const Cell& cell, ui::Vec2 at = {}) const {
    return ui::grid_of(at, wishes_[i].rows, wishes_[i].cols, cell.size, cell.wider);
  }
  Size grid_size(std::size_t i, const Cell& cell) const {
    const ui::Rect b = grid(i, cell).bounds();
    return {b.w, b.h};
  }
  float thumbs_width(std::size_t i, float height) const {
    const GridWish& wish = wishes_[i];
    if (!m_.columns || wish.thumbnails == 0) return 0;
    const ThumbnailLines lines = thumbnail_lines(wish.thumbnails, height, wish.thumbnail, false);
    return static_cast<float>(lines.lines) * wish.thumbnail + kThumbnailGap;
  }
  float thumbs_height(std::size_t i) const {
    return m_.columns || wishes_[i].thumbnails == 0 ? 0 : wishes_[i].thumbnail;
  }
  // With caption, thumbnails and names.
  Size item_size(std::size_t i, const Cell& cell) const {
    const Size grid = grid_size(i, cell);
    return {thumbs_width(i, grid.h) + wishes_[i].names + std::max(grid.w, wishes_[i].caption),
            m_.caption + thumbs_height(i) + grid.h};
  }
  bool is_column(std::size_t i) const { return wishes_[i].cols == 1 && wishes_[i].rows > 1; }
  Size row_size(const std::vector<std::size_t>& row, const Cells& cells) const {
    Size size;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const Size item = item_size(row[k], cells[row[k]]);
      size.w += item.w + (k > 0 ? m_.gap + wishes_[row[k]].sign : 0);
      size.h = std::max(size.h, item.h);
    }
    return size;
  }
  bool fits(const Rows& rows, const Cells& cells) const {
    float height = -m_.row_gap;
    for (const auto& row : rows) {
      const Size size = row_size(row, cells);
      if (size.w > area_.w) return false;
      height += size.h + m_.row_gap;
    }
    return height <= area_.h;
  }

  std::vector<GridPlace> place(const Rows& rows, const Cells& cells) const {
    std::vector<GridPlace> out(wishes_.size());
    float total = -m_.row_gap;
    for (const auto& row : rows) total += row_size(row, cells).h + m_.row_gap;
    float y = area_.y + std::max(0.0F, (area_.h - total) / 2);
    for (const auto& row : rows) {
      const Size size = row_size(row, cells);
      const float spare = std::max(0.0F, area_.w - size.w);
      const auto gaps = static_cast<float>(row.size()) - 1;
      const float gap = gaps > 0 ? std::min(m_.widest_gap, m_.gap + spare / (gaps + 2)) : 0;
      float x = area_.x + (spare - gaps * (gap - m_.gap)) / 2;
      for (std::size_t k = 0; k < row.size(); ++k) {
        const std::size_t i = row[k];
        const float sign = k > 0 ? wishes_[i].sign : 0;
        if (k > 0) out[i].sign = {x + (gap + sign) / 2, y + m_.caption + (size.h - m_.caption) / 2};
        x += k > 0 ? gap + sign : 0;
        place_item(out[i], i, cells[i], {x, y, 0, size.h}, gap);
        x += item_size(i, cells[i]).w;
      }
      y += size.h + m_.row_gap;
    }
    return out;
  }

 private:
  Cells cells_of(float large, float small) const {
    Cells cells;
    for (std::size_t i = 0; i < wishes_.size(); ++i) cells.push_back({is_small(i) ? small : large});
    return cells;
  }

  // Grids of one size read as one set; where that is too small to be read, each takes the room that is left for it.
  Cells grown(const Rows& rows, Cells cells) const {
    for (bool more = true; more;) {
      more = false;
      for (Cell& cell : cells) {
        if (cell.size >= kReadableCell) continue;
        cell.size += 1;
        if (fits(rows, cells)) {
          more = true;
        } else {
          cell.size -= 1;
        }
      }
    }
    return cells;
  }

  // Long columns of low cells have room for their numbers beside them, not below: all grow together.
  Cells widened(const Rows& rows, Cells cells) const {
    for (;;) {
      Cells next = cells;
      bool any = false;
      for (std::size_t i = 0; i < next.size(); ++i) {
        Cell& cell = next[i];
        const bool low = cell.size >= kLeastLine && cell.size < kReadableCell;
        if (!is_column(i) || !low || cell.size + cell.wider >= kReadableWidth) continue;
        cell.wider += 1;
        any = true;
      }
      if (!any || !fits(rows, next)) return cells;
      cells = std::move(next);
    }
  }

  void place_item(GridPlace& out, std::size_t i, const Cell& cell, const ui::Rect& slot, float gap) const {
    const Size size = grid_size(i, cell);
    const Size item = item_size(i, cell);
    const float top = slot.y + (slot.h - item.h) / 2;
    const float thumbs = thumbs_width(i, size.h);
    float x = slot.x + thumbs;
    float y = top + m_.caption;
    out.side_by_side = m_.columns;
    out.thumbnail_pitch = wishes_[i].thumbnail;
    if (thumbs > 0) out.thumbnails = {slot.x, y, thumbs - kThumbnailGap, size.h};
    if (thumbs_height(i) > 0) {
      out.thumbnails = {x, y, std::max(size.w, wishes_[i].caption), wishes_[i].thumbnail};
      y += thumbs_height(i);
    }
    out.names = {x, y, wishes_[i].names, size.h};
    x += wishes_[i].names;
    out.grid = grid(i, cell, {x, y});
    out.caption = {x, top, std::max(size.w, wishes_[i].caption) + std::max(0.0F, gap - 12), m_.caption};
  }

  ui::Rect area_;
  std::span<const GridWish> wishes_;
  Measures m_;
};

std::vector<Rows> arrangements(std::size_t n) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(i);
  const auto part = [&](std::size_t from, std::size_t to) {
    return std::vector<std::size_t>(all.begin() + static_cast<std::ptrdiff_t>(from),
                                    all.begin() + static_cast<std::ptrdiff_t>(to));
  };
  std::vector<Rows> out{{all}};
  if (n > 1) out.push_back({part(0, 1), part(1, n)});
  if (n > 2) out.push_back({part(0, n - 1), part(n - 1, n)});
  if (n > 3) out.push_back({part(0, 2), part(2, n)});
  return out;
}

}  // namespace

ui::Rect bounds_of(std::span<const GridPlace> places) {
  ui::Rect all;
  for (const GridPlace& place : places) {
    all = ui::united(all, place.grid.bounds());
    all = ui::united(all, {place.caption.x, place.caption.y, 1, place.caption.h});
  }
  return all;
}

void shift(std::span<GridPlace> places, float down) {
  const float by = std::floor(down);
  for (GridPlace& place : places) {
    place.grid.origin.y += by;
    place.caption.y += by;
    place.thumbnails.y += by;
    place.sign.y += by;
    place.names.y += by;
  }
}

std::vector<GridPlace> place_grids(const ui::Rect& area, std::span<const GridWish> wishes, StageForm form) {
  if (form == StageForm::kMatrix) return place_matrix(area, wishes);
  const Solver solver(area, wishes);
  Rows best;
  Solver::Cells cells;
  float best_size = 0;
  for (const Rows& rows : arrangements(wishes.size())) {
    const Solver::Cells found = solver.solve(rows);
    // A little larger is no reason to leave the one row in which an operation reads like a sentence.
    const float better = best.empty() ? 0.0F : 1.15F;
    float size = kLargestCell;
    for (const Solver::Cell& cell : found) size = std::min(size, cell.size);
    if (size > best_size * better) best = rows, cells = found, best_size = size;
  }
  return solver.place(best, cells);
}

const std::vector<GridPlace>& KeptPlaces::of(const ui::Rect& area, std::vector<GridWish> wishes, StageForm form) {
  if (!(area == area_) || wishes != wishes_ || form != form_) {
    places_ = place_grids(area, wishes, form);
    area_ = area;
    wishes_ = std::move(wishes);
    form_ = form;
  }
  return places_;
}

}  // namespace backstep::views
