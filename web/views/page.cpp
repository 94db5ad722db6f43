#include "web/views/page.h"

#include <algorithm>

#include "web/views/cell_menu.h"
#include "web/views/guess_field.h"
#include "web/views/header.h"
#include "web/views/inspector.h"
#include "web/views/overlays.h"
#include "web/views/page_layout.h"
#include "web/views/present.h"
#include "web/views/stage.h"
#include "web/views/strip.h"
#include "web/views/tour_card.h"
#include "web/views/transport_bar.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

// `shown`: the moment on stage and map, which may be on the way to the model's own.
void draw_parts(ui::Painter& painter, const PageLayout& layout, const app::Model& model, const app::Model& shown,
                PageState& state, Intents& intents) {
  state.strip_shown = !layout.strip.empty() && !layout.strip_folded;
  state.strip_opens = layout.strip_opens;
  if (model.trace) {
    {
      const ui::ScopeGuard guard(painter, ui::clipped(painter, layout.stage));
      draw_stage(painter, layout.stage, shown, state, intents);
    }
    const ui::Rect& strip = layout.strip;
    if (!strip.empty()) {
      const ui::ScopeGuard guard(painter, ui::clipped(painter, strip));
      if (layout.strip_folded) {
        draw_strip_line(painter, strip, layout.grain_in_strip, shown, state, intents);
      } else {
        draw_strip(painter, strip, shown, state, intents);
      }
      painter.line({strip.x, strip.bottom()}, {strip.right(), strip.bottom()}, {painter.theme().hairline, 1});
    }
    draw_words(painter, layout.sentence, model, state, intents);
    if (!layout.pad.empty()) draw_guess_pad(painter, ui::grown(layout.pad, -8), model, intents);
    if (!layout.transport.empty()) draw_transport_bar(painter, layout.transport, model, intents);
    draw_tour(painter, layout.tour, model, state, intents);
    if (!layout.inspector.empty()) draw_inspector(painter, layout, model, state, intents);
  } else {
    ui::text_block(painter, ui::grown(layout.stage, -28),
                   "This scene has shapes only: its tensors are too large to be computed here.",
                   ui::text_style(ui::TextRole::kSentence), painter.theme().ink);
  }
}

}  // namespace

void draw_page(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents) {
  painter.fill_rect(painter.frame().viewport, painter.theme().ground);
  const bool present = model.state.scene.view.present && model.trace;
  const PageLayout layout = layout_page(painter, model, state);
  follow(state.journey, painter, model);
  const std::optional<app::Model> passing = on_the_way(state.journey, painter, model);
  const app::Model& shown = passing ? *passing : model;
  state.flight.seconds = passing ? std::min(kFlightSeconds, 0.95 * state.journey.each) : kFlightSeconds;
  if (present) {
    draw_presented(painter, model, shown, state, intents);
  } else {
    draw_parts(painter, layout, model, shown, state, intents);
  }
  draw_cell_menu(painter, model, state, intents);
  // The header last: its menus lie over everything.
  if (!present && !layout.header.empty()) draw_header(painter, layout.header, model, state, intents);
  draw_notice(painter, present ? painter.frame().viewport : layout.stage, model);
  draw_error(painter, layout.stage, model, intents);
  draw_keys(painter, model, state, intents);
}

}  // namespace backstep::views
