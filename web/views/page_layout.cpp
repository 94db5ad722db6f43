#include "web/views/page_layout.h"

#include <algorithm>

#include "web/views/sentence.h"
#include "web/views/strip.h"
#include "web/views/transport_bar.h"
#include "web/widgets/transport.h"

namespace backstep::views {
namespace {

constexpr float kHeader = 52;
constexpr float kLowHeader = 40;
constexpr float kLow = 520;  // px of height
constexpr float kInspector = 360;
constexpr float kBeside = 900;  // px of width from which the inspector has a place of its own

}  // namespace

PageLayout layout_page(const ui::Painter& painter, const ViewPrefs& view, bool embed) {
  PageLayout out;
  ui::Rect rest = painter.frame().viewport;
  const bool low = rest.h < kLow;
  if (!embed) out.header = ui::cut_top(rest, low ? kLowHeader : kHeader);
  out.transport = ui::cut_bottom(rest, transport_bar_height(painter, painter.frame().viewport));
  out.sentence = ui::cut_bottom(rest, sentence_height(rest.w, painter.frame().viewport.h));
  // The map needs height that a phone or a small frame has not; there it is one line unless it is asked for.
  const bool room = rest.h >= kStripHeight + 300;
  out.grain_in_strip = rest.w < ui::kPhoneWidth;
  out.strip_folded = !view.strip || !room || out.grain_in_strip;
  const float line = out.grain_in_strip ? kStripTouchLine : kStripLine;
  if (!low) out.strip = ui::cut_top(rest, out.strip_folded ? line : kStripHeight);
  if (view.inspector) {
    out.sheet = rest.w < kBeside;
    if (out.sheet) {
      out.inspector = rest;
    } else {
      out.inspector = ui::cut_right(rest, kInspector);
    }
  }
  out.stage = rest;
  return out;
}

}  // namespace backstep::views
