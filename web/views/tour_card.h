// What the tour says at its stop, with its place and its buttons: a band across the page, on a phone a card. Paused it
// is one line beside a page that the reader steps by himself.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// px that the tour takes of the height of a page of that size; 0 where none is open, or a text beside the canvas says
// it.
float tour_height(const ui::Painter& painter, const app::Model& model, const PageState& state, ui::Vec2 page);
void draw_tour(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state, Intents& intents);

}  // namespace backstep::views
