#include "web/views/page_layout.h"

#include <algorithm>
#include <cmath>

#include "web/app/tour.h"
#include "web/views/guess_field.h"
#include "web/views/strip.h"
#include "web/views/tour_card.h"
#include "web/views/transport_bar.h"
#include "web/widgets/transport.h"

namespace backstep::views {
namespace {

constexpr float kHeader = 52;
constexpr float kLowHeader = 40;
constexpr float kLow = 520;        // px of height
constexpr float kInspector = 360;  // px of width, where the page is wide enough
constexpr float kInspectorShare = 0.36F;
constexpr float kLeastInspector = 290;
constexpr float kBoth = 860;  // px of height from which a running tour leaves room for the sentence

}  // namespace

PageLayout layout_page(const ui::Painter& painter, const app::Model& model, const PageState& state) {
  const ViewPrefs& view = model.state.scene.view;
  const Panels open = app::open_panels(model);
  const bool tour = model.state.tour.runs() && !state.beside;
  PageLayout out;
  ui::Rect rest = painter.frame().viewport;
  const bool low = rest.h < kLow;
  if (!state.embed) out.header = ui::cut_top(rest, low ? kLowHeader : kHeader);
  const ui::Rect& page = painter.frame().viewport;
  const bool phone = rest.w < ui::kPhoneWidth;
  // While the tour runs it does the talking, and on a phone the stepping too. Its Next stays where it is from the first
  // stop to the last: what opens on the way opens above it.
  const float tour_part = tour_height(painter, model, state, {page.w, page.h});
  if (tour) out.tour = ui::cut_bottom(rest, tour_part);
  if (open.steps && !(tour && phone)) out.transport = ui::cut_bottom(rest, transport_bar_height(painter, page));
  if (!tour) out.tour = ui::cut_bottom(rest, tour_part);
  const bool told = !tour || (view.everything && !phone && page.h >= kBoth);
  if (told) out.sentence = ui::cut_bottom(rest, words_height(painter, model, state, rest.w, page.h));
  const bool asked = painter.frame().coarse_pointer && state.pad_open && !tour && !app::asked_cell(model).empty();
  if (asked) out.pad = ui::cut_bottom(rest, kGuessPad + 16);
  // The map needs height that a phone or a small frame has not; there it is one line unless it is asked for.
  const bool room = rest.h >= kStripHeight + 300;
  out.grain_in_strip = phone && open.steps;
  out.strip_opens = room && !phone && !low && open.map;
  out.strip_folded = !view.strip || !out.strip_opens;
  const float line = phone || painter.frame().coarse_pointer ? kStripTouchLine : kStripLine;
  if (!low && open.map) out.strip = ui::cut_top(rest, out.strip_folded ? line : kStripHeight);
  if (open.inspector) {
    out.sheet = phone;
    if (out.sheet) {
      out.inspector = rest;
    } else {
      out.inspector =
          ui::cut_right(rest, std::clamp(std::floor(rest.w * kInspectorShare), kLeastInspector, kInspector));
    }
  }
  out.stage = rest;
  return out;
}

}  // namespace backstep::views
