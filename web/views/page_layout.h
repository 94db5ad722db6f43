// How the page is divided.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

struct PageLayout {
  ui::Rect header, strip, stage, inspector, sentence, tour, transport;
  ui::Rect pad;              // keys for a guess; in the tour its card has them
  bool strip_opens = false;  // there is room for the whole map
  bool strip_folded = false;
  bool grain_in_strip = false;  // a phone has no room for the grain in the transport
  bool sheet = false;           // the inspector lies over the stage instead of beside it
};

// What is not open has no place.
PageLayout layout_page(const ui::Painter& painter, const app::Model& model, const PageState& state);

}  // namespace backstep::views
