#include "web/views/stage.h"

#include <algorithm>

#include "web/app/cells.h"
#include "web/app/tour.h"
#include "web/views/brush_bar.h"
#include "web/views/panel_view.h"
#include "web/views/stage_layout.h"
#include "web/views/stage_touch.h"
#include "web/views/switch_arrows.h"
#include "web/views/target_picker.h"
#include "web/views/thumbnails.h"
#include "web/views/working_view.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kHeading{ui::Face::kSans, 14};
constexpr ui::TextStyle kSmallHeading{ui::Face::kSans, 12.5F};  // two lines of it in the room of one and a half
constexpr float kNarrow = 620;
constexpr float kLow = 300;  // px of stage with neither room for thumbnails nor for two lines of heading
constexpr float kHeadingHeight = 20;
constexpr float kNarrowHeading = 32;
constexpr float kSmallestPresented = 13;  // px, before a presented page is enlarged

// What the stage shows, or what the touched cell is about. Its height never changes, or the grids would jump.
void draw_heading(ui::Painter& painter, const ui::Rect& area, const StageView& view) {
  const ui::Colour ink = view.touched ? painter.theme().ink : painter.theme().dim_ink;
  const bool one = ui::text_width(view.caption, kHeading) <= area.w;
  const ui::TextStyle style = one ? kHeading : kSmallHeading;
  const auto lines = ui::wrap_text(view.caption, style, area.w);
  const std::size_t most = area.h >= kNarrowHeading ? 2 : 1;
  const float height = one ? kHeadingHeight : kNarrowHeading / 2;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
    const bool cut = i + 1 == most && lines.size() > most;
    const auto from = static_cast<std::size_t>(lines[i].data() - view.caption.data());
    const std::string text = cut ? ui::fit_text(view.caption.substr(from), style, area.w) : std::string(lines[i]);
    painter.text_in({area.x, area.y + static_cast<float>(i) * height, area.w, height}, text, style, ink,
                    ui::Align::kLeft);
  }
}

void hear_panel(ui::Painter& painter, const PanelHit& hit, const ui::GridLayout& grid, const app::Model& model,
                PageState& state, std::size_t i, std::optional<app::CellAt>* hovered, Intents& intents) {
  const StageView& view = state.stage;
  const Panel& panel = view.plan.panels[i];
  if (hit.thumbnail >= 0 && !panel.output) state.pair = hit.thumbnail;
  if (hit.thumbnail >= 0 && panel.output) {
    // The same place in the other plane.
    const auto plane = view.panels[i].thumbnails[static_cast<std::size_t>(hit.thumbnail)];
    const std::int64_t index = view.e.index % panel.planes.cells() + plane * panel.planes.cells();
    intents.push_back(app::Seek{view.block_first + index, -1});
  }
  if (hit.index < 0) return;
  const app::CellAt cell{view.plan.layer, panel.slot, hit.index};
  if (hit.grid.state.hovered) *hovered = cell;
  if (hear_touch(hit, grid, model, state, i, intents) || !hit.grid.state.clicked) return;
  if (view.panels[i].cells[static_cast<std::size_t>(hit.grid.row * panel.cols.extent + hit.grid.col)].state ==
      ui::CellState::kCovered) {
    const std::string name = app::name_of(model, cell);
    // Whoever points at the blank that is asked for wants to answer, and is not told.
    if (name == app::asked_cell(model)) {
      state.pad_open = true;
      painter.request_frame();
    } else {
      intents.push_back(app::Reveal{name});
    }
    return;
  }
  const bool elsewhere = panel.output && hit.index != view.e.index && model.cursor().grain <= Grain::cell;
  if (elsewhere) {
    intents.push_back(app::Seek{view.block_first + hit.index, -1});
  } else {
    intents.push_back(app::Pin{cell});
  }
}

// Beside the loss the target can be chosen, where the network map does not offer it.
void draw_picker(ui::Painter& painter, ui::Rect& line, bool low, const StageView& view, const app::Model& model,
                 PageState& state, Intents& intents) {
  const float width = target_picker_width(model);
  const bool touch = painter.frame().coarse_pointer;
  if (view.plan.form != StageForm::kTable || state.strip_shown || width <= 0 || (low && touch)) return;
  const float height = low ? 24.0F : touch ? 44.0F : 32.0F;
  const ui::Rect place = ui::cut_right(line, width);
  const float y = low ? line.centre().y - height / 2 : line.y - 2;
  draw_target_picker(painter, {place.x, y, width, height}, "stage.target", model, state, intents);
  ui::cut_right(line, 16);
}

// Levels from what is shown, not from what was asked for: the least that fits may be more.
app::Zoom zoom_by(const app::Model& model, const StageZoom& zoom, int levels) {
  return {static_cast<int>(zoom.level) - static_cast<int>(model.state.zoom) + levels};
}

// Zoom for grids whose numbers are too small: buttons at the end of the heading's line.
void draw_zoom_buttons(ui::Painter& painter, ui::Rect& line, bool low, const app::Model& model, const PageState& state,
                       Intents& intents) {
  const bool touch = painter.frame().coarse_pointer;
  if (!state.zoom.useful || (low && touch)) return;
  const float side = touch ? 44.0F : 28.0F;
  const ui::Rect place = ui::cut_right(line, 2 * side);
  const ui::Rect first{place.x, line.centre().y - side / 2, side, side};
  const auto button = [&](const ui::Rect& at, std::string_view name, std::string_view label, ui::Icon icon, bool off) {
    return ui::button(painter, at, ui::icon_button(name, label, icon, off));
  };
  const std::size_t last = std::size(app::kZooms) - 1;
  if (button(first, "stage.zoom_out", "Zoom out of the grids", ui::Icon::kMinus,
             state.zoom.level <= state.zoom.least)) {
    intents.push_back(zoom_by(model, state.zoom, -1));
  }
  if (button(ui::moved(first, {side, 0}), "stage.zoom_in", "Zoom into the grids", ui::Icon::kPlus,
             state.zoom.level == last)) {
    intents.push_back(zoom_by(model, state.zoom, 1));
  }
  ui::cut_right(line, 12);
}

std::vector<GridWish> wishes_of(const ui::Painter& painter, const StageView& view, const StageZoom& zoom, bool low) {
  std::vector<GridWish> wishes;
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    wishes.push_back(wish_of(view, i));
    wishes.back().thumbnail = painter.frame().coarse_pointer ? kThumbnailTouchPitch : kThumbnailPitch;
    if (low) wishes.back().thumbnails = 0;
    crop(zoom, i, wishes.back());
  }
  return wishes;
}

// What the pointer does to the grids as a whole; where they are cropped they can be dragged.
void hear_zoom(ui::Painter& painter, const ui::Rect& area, const app::Model& model, StageZoom& zoom, Intents& intents) {
  if (!zoom.useful) return;
  const ui::HitState state =
      painter.hit({ui::hit_id("stage.zoom"), area, "Zoom with the wheel", ui::HitRole::kRegion, ui::kHitWheel});
  if (const int levels = wheel_levels(zoom, state); levels != 0) intents.push_back(zoom_by(model, zoom, levels));
}

// Small grids and their arithmetic stand together, not at opposite ends of the stage.
void group(std::vector<GridPlace>& places, const ui::Rect& area, ui::Rect& working) {
  const ui::Rect used = bounds_of(places);
  const float spare = std::max(0.0F, area.h - used.h);
  const float apart = std::min(spare * 0.3F, 26.0F);
  shift(places, area.y + (spare - apart) / 2 - used.y);
  working.y -= (spare - apart) / 2;
}

}  // namespace

void draw_stage(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents) {
  if (!model.trace) return;
  StageView& view = state.stage;
  const std::int64_t block = model.trace->steps().block_of(model.step()).first;
  if (state.pair_block != block) state.pair = -1, state.pair_block = block;
  refresh(view, model, state.pair);
  const bool narrow = area.w < kNarrow;
  const float top = area.h < kLow ? 5.0F : narrow ? 8.0F : 16.0F;
  ui::Rect rest{area.x + (narrow ? 16.0F : 28.0F), area.y + top, area.w - (narrow ? 32.0F : 56.0F), area.h - 2 * top};
  const bool low = area.h < kLow;
  ui::Rect line = rest;
  line.h = narrow && !low ? kNarrowHeading : kHeadingHeight;
  const Panels open = app::open_panels(model);
  if (open.heading) {
    if (!state.picture) {
      draw_brush_bar(painter, line, model, intents);
      draw_picker(painter, line, low, view, model, state, intents);
      draw_zoom_buttons(painter, line, low, model, state, intents);
    }
    draw_heading(painter, line, view);
    ui::cut_top(rest, line.h + (narrow ? 2.0F : 12.0F));
  }
  ui::Rect working =
      ui::cut_bottom(rest, open.working ? working_height(view, area, painter.frame().coarse_pointer) : 0.0F);
  ui::cut_bottom(rest, low ? 4.0F : narrow ? 10.0F : 18.0F);

  if (!(state.zoom.room == ui::Vec2{rest.w, rest.h})) state.zoom.least = 0, state.zoom.room = {rest.w, rest.h};
  std::vector<GridPlace> places;
  // What does not fit even in the smallest cells shows a part of itself.
  for (;;) {
    follow_step(state.zoom, view, model);
    places = state.places.of(rest, wishes_of(painter, view, state.zoom, low), view.plan.form);
    const ui::Rect used = bounds_of(places);
    const bool fits = used.right() <= rest.right() + 1 && used.h <= rest.h + 1;
    if (fits || view.plan.form != StageForm::kGrids || state.zoom.level + 1 >= std::size(app::kZooms)) break;
    state.zoom.least = state.zoom.level + 1;
  }
  group(places, rest, working);
  const bool was_useful = state.zoom.useful;
  state.zoom.useful = view.plan.form == StageForm::kGrids && state.zoom.level > 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    uncrop(state.zoom, i, view.plan.panels[i], places[i]);
    const bool readable = digit_fit(view, i, places[i].grid).fits;
    state.zoom.useful = state.zoom.useful || (view.plan.form == StageForm::kGrids && !readable);
  }
  if (state.zoom.useful != was_useful) painter.request_frame();
  hear_zoom(painter, rest, model, state.zoom, intents);
  state.zoom.pointed.assign(places.size(), {});

  find_open_cells(model, state, places);
  glow(painter, view);
  std::optional<app::CellAt> hovered;
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    // Digits of one size wherever the cells are of one size: the grids read as one set.
    PanelContext context{model, view};
    context.introduces = !open.heading;
    context.digits = 1000;
    if (model.state.scene.view.present) context.least_digits = kSmallestPresented;
    for (std::size_t k = 0; k < view.panels.size(); ++k) {
      const ui::DigitFit& fit = digit_fit(view, k, places[k].grid);
      if (places[k].grid.cell == places[i].grid.cell && fit.fits)
        context.digits = std::min(context.digits, fit.style.size);
    }
    draw_caption(painter, places[i], context, i);
    context.flags = touch_flags(painter, model, view, view.plan.panels[i]);
    // What shows a part of itself is moved by a drag; its numbers are changed by typing and by keys.
    const bool moves = places[i].cropped() && !model.state.brush;
    if (moves) context.flags = ui::kHitDrag | ui::kHitLongPress;
    const PanelHit hit = draw_panel(painter, places[i], context, i);
    state.zoom.pointed[i] = hit.grid;
    if (moves && (hit.grid.state.dragging || hit.grid.state.drag_ended)) {
      drag_grid(state.zoom, i, places[i].grid, hit.grid.state.drag_delta);
      continue;
    }
    hear_panel(painter, hit, places[i].grid, model, state, i, &hovered, intents);
  }
  // Where arrows lead to the result no sign is needed before it.
  const bool arrows = draw_switch_arrows(painter, model, view, places);
  for (std::size_t i = 0; i + (arrows ? 1 : 0) < places.size(); ++i) draw_sign(painter, places[i], view.plan.panels[i]);
  if (hovered != model.state.hover) intents.push_back(app::Hover{hovered});
  WorkingPlaces terms;
  if (open.working) terms = draw_working(painter, working, working_form(area), model, state, intents);
  follow(state.flight, painter, view);
  draw_flight(painter, state.flight, view, places, terms);
}

}  // namespace backstep::views
