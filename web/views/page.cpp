#include "web/views/page.h"

#include "web/views/cell_menu.h"
#include "web/views/header.h"
#include "web/views/inspector.h"
#include "web/views/overlays.h"
#include "web/views/page_layout.h"
#include "web/views/sentence.h"
#include "web/views/stage.h"
#include "web/views/strip.h"
#include "web/views/transport_bar.h"
#include "web/widgets/text_block.h"

namespace backstep::views {

void draw_page(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents) {
  painter.fill_rect(painter.frame().viewport, painter.theme().ground);
  const PageLayout layout = layout_page(painter, model.state.scene.view, state.embed);
  state.strip_shown = !layout.strip.empty() && !layout.strip_folded;
  if (model.trace) {
    {
      const ui::ScopeGuard guard(painter, ui::clipped(painter, layout.stage));
      draw_stage(painter, layout.stage, model, state, intents);
    }
    if (!layout.strip.empty()) {
      const ui::ScopeGuard guard(painter, ui::clipped(painter, layout.strip));
      if (layout.strip_folded) {
        draw_strip_line(painter, layout.strip, layout.grain_in_strip, model, state, intents);
      } else {
        draw_strip(painter, layout.strip, model, state, intents);
      }
    }
    const ui::Rect& strip = layout.strip;
    painter.line({strip.x, strip.bottom()}, {strip.right(), strip.bottom()}, {painter.theme().hairline, 1});
    draw_sentence(painter, layout.sentence, state.stage.sentence);
    draw_transport_bar(painter, layout.transport, model, intents);
    if (!layout.inspector.empty()) draw_inspector(painter, layout, model, state, intents);
  } else {
    ui::text_block(painter, ui::grown(layout.stage, -28),
                   "This scene has shapes only: its tensors are too large to be computed here.",
                   ui::text_style(ui::TextRole::kSentence), painter.theme().ink);
  }
  draw_cell_menu(painter, model, state, intents);
  // The header last: its menus lie over everything.
  if (!layout.header.empty()) draw_header(painter, layout.header, model, state, intents);
  draw_error(painter, layout.stage, model, intents);
  draw_keys(painter, model, state, intents);
}

}  // namespace backstep::views
