#include "web/views/stage.h"

#include <algorithm>

#include "web/views/panel_view.h"
#include "web/views/stage_layout.h"
#include "web/views/switch_arrows.h"
#include "web/views/working_view.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kHeading{ui::Face::kSans, 14};
constexpr float kLine = 20;  // px between lines of the heading
constexpr float kTouchLines = 2;

// What the stage shows, or what the touched cell is about; keeps the height of its longest text, or grids would jump.
float draw_heading(ui::Painter& painter, const ui::Rect& area, const StageView& view) {
  const bool narrow = area.w < 620;
  const auto lines = ui::wrap_text(view.caption, kHeading, area.w);
  const std::size_t most = narrow ? 2 : 1;
  const ui::Colour ink = view.touched ? painter.theme().ink : painter.theme().dim_ink;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
    const ui::Rect line{area.x, area.y + static_cast<float>(i) * kLine, area.w, kLine};
    const bool cut = i + 1 == most && lines.size() > most;
    const std::string text =
        cut ? ui::fit_text(view.caption.substr(static_cast<std::size_t>(lines[i].data() - view.caption.data())),
                           kHeading, area.w)
            : std::string(lines[i]);
    painter.text_in(line, text, kHeading, ink, ui::Align::kLeft);
  }
  return static_cast<float>(most) * kLine;
}

void hear_panel(const PanelHit& hit, const app::Model& model, PageState& state, std::size_t i,
                std::optional<app::CellAt>* hovered, Intents& intents) {
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
  if (!hit.grid.state.clicked) return;
  const bool elsewhere = panel.output && hit.index != view.e.index && model.cursor().grain <= Grain::cell;
  if (elsewhere) {
    intents.push_back(app::Seek{view.block_first + hit.index, -1});
  } else {
    intents.push_back(app::Pin{cell});
  }
}

}  // namespace

void draw_stage(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents) {
  if (!model.trace) return;
  StageView& view = state.stage;
  const std::int64_t block = model.trace->steps().block_of(model.step()).first;
  if (state.pair_block != block) state.pair = -1, state.pair_block = block;
  refresh(view, model, state.pair);

  const bool narrow = area.w < 620;
  ui::Rect rest{area.x + (narrow ? 16.0F : 28.0F), area.y + (narrow ? 8.0F : 16.0F), area.w - (narrow ? 32.0F : 56.0F),
                area.h - (narrow ? 16.0F : 32.0F)};
  const float heading = draw_heading(painter, rest, view);
  ui::cut_top(rest, heading + 6);
  const ui::Rect working = ui::cut_bottom(rest, working_height(view, area));
  ui::cut_bottom(rest, narrow ? 10.0F : 18.0F);

  std::vector<GridWish> wishes;
  for (std::size_t i = 0; i < view.panels.size(); ++i) wishes.push_back(wish_of(view, i));
  const std::vector<GridPlace> places = place_grids(rest, wishes, view.plan.form);

  std::optional<app::CellAt> hovered;
  for (std::size_t i = 0; i < view.panels.size(); ++i) {
    // Digits of one size wherever the cells are of one size: the grids read as one set.
    PanelContext context{model, view};
    context.digits = 1000;
    for (std::size_t k = 0; k < view.panels.size(); ++k) {
      const ui::DigitFit& fit = digit_fit(view, k, places[k].grid.cell);
      if (places[k].grid.cell == places[i].grid.cell && fit.fits)
        context.digits = std::min(context.digits, fit.style.size);
    }
    draw_caption(painter, places[i], context, i);
    hear_panel(draw_panel(painter, places[i], context, i), model, state, i, &hovered, intents);
  }
  draw_switch_arrows(painter, model, view, places);
  if (hovered != model.state.hover) intents.push_back(app::Hover{hovered});
  draw_working(painter, working, model, state, intents);
}

}  // namespace backstep::views
