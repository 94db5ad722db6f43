#include "web/views/stage_zoom.h"

#include <algorithm>
#include <cmath>

namespace backstep::views {
namespace {

constexpr float kLeast = 5;   // rows and columns that stay in sight at any zoom
constexpr float kMargin = 1;  // cells around what the step is about

// Rows or columns from `first` on.
struct Span {
  float first = 0;
  float count = 0;
};

// The marks that say where the step is; what the grid cursor is on comes before them.
struct Place {
  Span rows, cols;
  bool found = false;

  void add(const ui::GridMark& mark) {
    const Span r{static_cast<float>(mark.row), static_cast<float>(mark.rows)};
    const Span c{static_cast<float>(mark.col), static_cast<float>(mark.cols)};
    rows = found ? joined(rows, r) : r;
    cols = found ? joined(cols, c) : c;
    found = true;
  }

 private:
  static Span joined(const Span& a, const Span& b) {
    const float first = std::min(a.first, b.first);
    return {first, std::max(a.first + a.count, b.first + b.count) - first};
  }
};

Place place_of_step(const PanelView& panel) {
  Place place;
  for (const ui::MarkRole role : {ui::MarkRole::kCursor, ui::MarkRole::kCurrent, ui::MarkRole::kTerm,
                                  ui::MarkRole::kWindow, ui::MarkRole::kWinner, ui::MarkRole::kRelated}) {
    for (const ui::GridMark& mark : panel.marks) {
      if (mark.role == role) place.add(mark);
    }
    if (place.found) return place;
  }
  return place;
}

// The first row in sight so that `wanted` is, moved no further than needed.
float moved_to(float first, float shown, float extent, const Span& wanted) {
  const float margin = std::min(kMargin, std::max(0.0F, (shown - wanted.count) / 2));
  first = std::min(first, wanted.first - margin);
  // What is longer than the part in sight is shown from its beginning.
  if (wanted.count <= shown) first = std::max(first, wanted.first + wanted.count + margin - shown);
  return std::clamp(first, 0.0F, std::max(0.0F, extent - shown));
}

float shown_of(std::int64_t extent, float zoom, float window) {
  const auto all = static_cast<float>(extent);
  return std::min(all, std::max({kLeast, window + 2 * kMargin, std::ceil(all / zoom)}));
}

// The longest side of a window on this panel, which is to be seen whole.
float window_of(const PanelView& panel) {
  int most = 0;
  for (const ui::GridMark& mark : panel.marks) {
    if (mark.role == ui::MarkRole::kWindow) most = std::max({most, mark.rows, mark.cols});
  }
  constexpr int kWidest = 9;  // of a window that leaves something to zoom into
  return most <= kWidest ? static_cast<float>(most) : 0.0F;
}

}  // namespace

void follow_step(StageZoom& zoom, const StageView& view, const app::Model& model) {
  const Network* const net = view.trace->problem().net.get();
  const bool new_block = zoom.net != net || zoom.block != view.block_first || zoom.see != view.see ||
                         zoom.first.size() != view.panels.size();
  if (new_block) zoom.least = 0;
  const std::size_t level = std::max(zoom.least, model.state.zoom);
  const bool new_level = new_block || zoom.level != level;
  const bool new_place = new_block || !(zoom.cursor == view.cursor) || !(zoom.focus == model.state.pinned);
  zoom.net = net;
  zoom.block = view.block_first;
  zoom.see = view.see;
  zoom.cursor = view.cursor;
  zoom.focus = model.state.pinned;
  zoom.level = level;
  if (new_block) zoom.first.assign(view.panels.size(), {}), zoom.shown.assign(view.panels.size(), {});
  if (!new_level && !new_place) return;
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    const Panel& panel = view.plan.panels[i];
    const bool grids = view.plan.form == StageForm::kGrids;
    const float factor = grids ? app::kZooms[zoom.level] : 1.0F;
    const float window = window_of(view.panels[i]);
    const ui::Vec2 before = zoom.shown[i];
    ui::Vec2& shown = zoom.shown[i];
    ui::Vec2& first = zoom.first[i];
    shown = {shown_of(panel.cols.extent, factor, window), shown_of(panel.rows.extent, factor, window)};
    const Place step = place_of_step(view.panels[i]);
    const bool pointed = new_level && !new_block && i < zoom.pointed.size() && zoom.pointed[i].row >= 0;
    if (new_level && !new_block && before.x > 0) {
      // Zooming keeps the cell under the pointer where it is, else the middle of what the step is about.
      ui::Vec2 keep = first + before * 0.5F;
      if (step.found) keep = {step.cols.first + step.cols.count / 2, step.rows.first + step.rows.count / 2};
      if (pointed)
        keep = {static_cast<float>(zoom.pointed[i].col) + 0.5F, static_cast<float>(zoom.pointed[i].row) + 0.5F};
      first.x = std::round(keep.x - (keep.x - first.x) * shown.x / before.x);
      first.y = std::round(keep.y - (keep.y - first.y) * shown.y / before.y);
    }
    const bool follows = step.found && (new_place || (new_level && !pointed));
    const Span rows = follows ? step.rows : Span{first.y, shown.y}, cols = follows ? step.cols : Span{first.x, shown.x};
    first.y = moved_to(first.y, shown.y, static_cast<float>(panel.rows.extent), rows);
    first.x = moved_to(first.x, shown.x, static_cast<float>(panel.cols.extent), cols);
  }
}

void crop(const StageZoom& zoom, std::size_t i, GridWish& wish) {
  wish.rows = static_cast<int>(zoom.shown[i].y);
  wish.cols = static_cast<int>(zoom.shown[i].x);
}

void uncrop(const StageZoom& zoom, std::size_t i, const Panel& whole, GridPlace& place) {
  place.view = place.grid.bounds();
  place.grid.origin.x -= std::round(zoom.first[i].x * place.grid.pitch_x());
  place.grid.origin.y -= std::round(zoom.first[i].y * place.grid.pitch());
  place.grid.rows = static_cast<int>(whole.rows.extent);
  place.grid.cols = static_cast<int>(whole.cols.extent);
}

void drag_grid(StageZoom& zoom, std::size_t i, const ui::GridLayout& grid, ui::Vec2 by) {
  ui::Vec2& first = zoom.first[i];
  first.x = std::clamp(first.x - by.x / grid.pitch_x(), 0.0F, static_cast<float>(grid.cols) - zoom.shown[i].x);
  first.y = std::clamp(first.y - by.y / grid.pitch(), 0.0F, static_cast<float>(grid.rows) - zoom.shown[i].y);
}

int wheel_levels(StageZoom& zoom, const ui::HitState& state) {
  constexpr float kLevel = 90;  // px: a little less than one notch of a wheel
  zoom.wheel -= state.wheel.y;
  const auto levels = static_cast<int>(zoom.wheel / kLevel);
  zoom.wheel -= static_cast<float>(levels) * kLevel;
  return levels;
}

void draw_extent(ui::Painter& painter, const GridPlace& place) {
  if (!place.cropped()) return;
  const ui::Theme& t = painter.theme();
  constexpr float kThick = 3, kAway = 6;
  const ui::Rect all = place.grid.bounds();
  const ui::Rect& v = place.view;
  const auto bar = [&](const ui::Rect& track, const ui::Rect& thumb) {
    painter.fill_rect(track, t.track, kThick / 2);
    painter.fill_rect(thumb, t.dim_ink, kThick / 2);
  };
  const float x = v.x + (v.x - all.x) / all.w * v.w, w = v.w / all.w * v.w;
  const float y = v.y + (v.y - all.y) / all.h * v.h, h = v.h / all.h * v.h;
  if (all.w > v.w + 1) bar({v.x, v.bottom() + kAway, v.w, kThick}, {x, v.bottom() + kAway, w, kThick});
  if (all.h > v.h + 1) bar({v.right() + kAway, v.y, kThick, v.h}, {v.right() + kAway, y, kThick, h});
}

}  // namespace backstep::views
