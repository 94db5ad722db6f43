#include "web/views/present.h"

#include <algorithm>

#include "web/views/guess_field.h"
#include "web/views/stage.h"
#include "web/views/tour_card.h"
#include "web/widgets/controls.h"

namespace backstep::views {
namespace {

// The page is drawn as on a screen of this size and enlarged: its smallest digits, 13 px, then are 24 px at 1080p.
constexpr float kWidth = 1038;
constexpr float kHeight = 584;
constexpr float kLargest = 4;

}  // namespace

void draw_presented(ui::Painter& painter, const app::Model& model, const app::Model& shown, PageState& state,
                    Intents& intents) {
  const ui::Rect& screen = painter.frame().viewport;
  const float factor = std::clamp(std::min(screen.w / kWidth, screen.h / kHeight), 1.0F, kLargest);
  const ui::ScopeGuard large(painter, ui::scaled(painter, {}, factor));
  ui::Rect rest{0, 0, screen.w / factor, screen.h / factor};
  const float side = ui::control_height(painter);
  const ui::Rect tour = ui::cut_bottom(rest, tour_height(painter, model, state, {rest.w, rest.h}));
  ui::Rect words;
  if (!model.state.tour.runs() || state.beside)
    words = ui::cut_bottom(rest, words_height(painter, model, state, rest.w, rest.h));
  {
    const ui::ScopeGuard guard(painter, ui::clipped(painter, rest));
    const ui::Rect menu = state.menu_anchor;
    draw_stage(painter, rest, shown, state, intents);
    // Menu and field are drawn on the page as it is.
    if (!(state.menu_anchor == menu)) state.menu_anchor = painter.to_absolute(state.menu_anchor);
    state.menu_cell = painter.to_absolute(state.menu_cell);
    state.field_cell = painter.to_absolute(state.field_cell);
  }
  if (!words.empty()) {
    ui::Rect keys = ui::cut_right(words, 2 * side + 20);
    painter.line({keys.x, keys.y}, {keys.right(), keys.y}, {painter.theme().hairline, 1});
    keys.y = keys.centre().y - side / 2;
    if (ui::button(painter, {keys.x, keys.y, side, side}, ui::icon_button("present.back", "Back", ui::Icon::kBack))) {
      intents.push_back(app::Move{-1});
    }
    if (ui::button(painter, {keys.x + side, keys.y, side, side},
                   ui::icon_button("present.next", "Next", ui::Icon::kNext))) {
      intents.push_back(app::Move{1});
    }
    draw_words(painter, words, model, state, intents);
  }
  draw_tour(painter, tour, model, state, intents);
  if (ui::button(painter, {rest.right() - side - 8, 4, side, side},
                 ui::icon_button("present.leave", "Leave the presenter mode", ui::Icon::kClose))) {
    intents.push_back(app::TogglePresenter{});
  }
}

}  // namespace backstep::views
