#include "web/views/stage_layout.h"

#include <algorithm>
#include <cmath>

namespace backstep::views {
namespace {

constexpr float kLargestCell = 72;
constexpr float kLargestTableCell = 84;
constexpr float kSmallestCell = 4;
constexpr float kKernelCell = 46;  // px that small grids are enlarged to beside large ones
constexpr int kSmallGrid = 5;      // rows and columns
constexpr float kWide = 620;       // px from which the roomy measures hold

struct Measures {
  float gap = 0;  // between grids, without the sign
  float widest_gap = 0;
  bool columns = true;  // thumbnails in columns
  float caption = 26;   // px above a grid
  float row_gap = 16;   // between rows of grids
};

Measures measures_for(const ui::Rect& area) {
  if (area.w >= 1000) return {52, 96};
  if (area.w >= kWide) return {30, 56};
  return {12, 26, false, 21, 10};
}

struct Size {
  float w = 0, h = 0;
};

// One arrangement: which wishes stand in which row.
using Rows = std::vector<std::vector<std::size_t>>;

class Solver {
 public:
  Solver(const ui::Rect& area, std::span<const GridWish> wishes, float largest)
      : area_(area), wishes_(wishes), m_(measures_for(area)), largest_(largest) {}

  struct Cells {
    float large = 0;
    float small = 0;
  };

  // The largest cells with which the rows fit; small grids may grow further than large ones.
  Cells solve(const Rows& rows) const {
    Cells cells{largest_, largest_};
    while (cells.large > kSmallestCell && !fits(rows, cells)) {
      cells.large -= 1;
      cells.small = cells.large;
    }
    while (cells.small < std::max(kKernelCell, cells.large) && fits(rows, {cells.large, cells.small + 1}))
      ++cells.small;
    // On the other hand large grids may use the height that small ones leave.
    while (cells.large < largest_ && fits(rows, {cells.large + 1, cells.small})) ++cells.large;
    return cells;
  }

  float cell(std::size_t i, const Cells& cells) const { return is_small(i) ? cells.small : cells.large; }
  bool is_small(std::size_t i) const { return wishes_[i].rows <= kSmallGrid && wishes_[i].cols <= kSmallGrid; }

  Size grid_size(std::size_t i, float cell_px) const {
    const ui::Rect b = ui::grid_of({}, wishes_[i].rows, wishes_[i].cols, cell_px).bounds();
    return {b.w, b.h};
  }
  float thumbs_width(std::size_t i, float height) const {
    if (!m_.columns || wishes_[i].thumbnails == 0) return 0;
    const int per_column = std::max(1, static_cast<int>((height + kThumbnailGap) / (kThumbnail + kThumbnailGap)));
    const int columns = (wishes_[i].thumbnails + per_column - 1) / per_column;
    return static_cast<float>(std::min(columns, 3)) * (kThumbnail + kThumbnailGap) + kThumbnailGap;
  }
  float thumbs_height(std::size_t i) const {
    return m_.columns || wishes_[i].thumbnails == 0 ? 0 : kThumbnail + kThumbnailGap;
  }
  // With caption, thumbnails and names.
  Size item_size(std::size_t i, float cell_px) const {
    const Size grid = grid_size(i, cell_px);
    return {thumbs_width(i, grid.h) + wishes_[i].names + std::max(grid.w, wishes_[i].caption),
            m_.caption + thumbs_height(i) + grid.h};
  }
  Size row_size(const std::vector<std::size_t>& row, const Cells& cells) const {
    Size size;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const Size item = item_size(row[k], cell(row[k], cells));
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
        place_item(out[i], i, cell(i, cells), {x, y, 0, size.h}, gap);
        x += item_size(i, cell(i, cells)).w;
      }
      y += size.h + m_.row_gap;
    }
    return out;
  }

 private:
  void place_item(GridPlace& out, std::size_t i, float cell_px, const ui::Rect& slot, float gap) const {
    const Size grid = grid_size(i, cell_px);
    const Size item = item_size(i, cell_px);
    const float top = slot.y + (slot.h - item.h) / 2;
    const float thumbs = thumbs_width(i, grid.h);
    float x = slot.x + thumbs;
    float y = top + m_.caption;
    out.side_by_side = m_.columns;
    if (thumbs > 0) out.thumbnails = {slot.x, y, thumbs - kThumbnailGap, grid.h};
    if (thumbs_height(i) > 0) {
      out.thumbnails = {x, y, std::max(grid.w, wishes_[i].caption), kThumbnail};
      y += thumbs_height(i);
    }
    out.names = {x, y, wishes_[i].names, grid.h};
    x += wishes_[i].names;
    out.grid = ui::grid_of({x, y}, wishes_[i].rows, wishes_[i].cols, cell_px);
    out.caption = {x, top, std::max(grid.w, wishes_[i].caption) + std::max(0.0F, gap - 12), m_.caption};
  }

  ui::Rect area_;
  std::span<const GridWish> wishes_;
  Measures m_;
  float largest_;
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

// Rows and columns of a matrix line up: the input above it, bias and output beside it.
std::vector<GridPlace> place_matrix(const ui::Rect& area, std::span<const GridWish> wishes) {
  const Measures m = measures_for(area);
  std::size_t matrix = 0;
  float beside = 0;  // px that do not scale
  float beside_cells = 0;
  int rows = 1, cols = 1, above = 0;
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (wishes[i].matrix) {
      matrix = i;
      rows = wishes[i].rows, cols = wishes[i].cols;
    } else if (wishes[i].above) {
      above += wishes[i].rows;
    } else {
      beside += m.gap + wishes[i].sign;
      beside_cells += static_cast<float>(wishes[i].cols);
    }
  }
  const float names = above > 0 ? m.row_gap : 0;
  float cell = kLargestCell;
  const auto extent = [](int n, float c) { return ui::grid_of({}, n, n, c).bounds().w; };
  const auto fits = [&](float c) {
    float side = 0;
    for (const GridWish& w : wishes) {
      if (!w.matrix && !w.above) side += std::max(w.caption, extent(w.cols, c));
    }
    const float tall = m.caption + extent(rows, c) + (above > 0 ? names + m.caption + extent(above, c) : 0);
    return extent(cols, c) + side + beside <= area.w && tall <= area.h;
  };
  while (cell > kSmallestCell && !fits(cell)) --cell;
  float side = beside;
  for (const GridWish& w : wishes) {
    if (!w.matrix && !w.above) side += std::max(w.caption, extent(w.cols, cell));
  }
  const float top_height = above > 0 ? m.caption + extent(above, cell) + names : 0;
  const float height = top_height + m.caption + extent(rows, cell);
  const ui::Vec2 origin{area.x + (area.w - extent(cols, cell) - side) / 2, area.y + (area.h - height) / 2};
  std::vector<GridPlace> out(wishes.size());
  float x = origin.x + extent(cols, cell);
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    GridPlace& place = out[i];
    float left = origin.x, top = origin.y + top_height;
    if (wishes[i].above) {
      top = origin.y;
    } else if (i != matrix) {
      place.sign = {x + (m.gap + wishes[i].sign) / 2, top + m.caption + extent(rows, cell) / 2};
      left = x + m.gap + wishes[i].sign;
      x = left + std::max(wishes[i].caption, extent(wishes[i].cols, cell));
    }
    place.grid = ui::grid_of({left, top + m.caption}, wishes[i].rows, wishes[i].cols, cell);
    place.caption = {left, top, std::max(wishes[i].caption, extent(wishes[i].cols, cell)) + m.gap - 8, m.caption};
  }
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
  const Solver solver(area, wishes, form == StageForm::kTable ? kLargestTableCell : kLargestCell);
  Rows best;
  Solver::Cells cells;
  for (const Rows& rows : arrangements(wishes.size())) {
    const Solver::Cells found = solver.solve(rows);
    // A little larger is no reason to leave the one row in which an operation reads like a sentence.
    const float better = best.empty() ? 0.0F : 1.15F;
    if (found.large > cells.large * better) best = rows, cells = found;
  }
  return solver.place(best, cells);
}

}  // namespace backstep::views
