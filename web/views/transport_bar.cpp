#include "web/views/transport_bar.h"

#include <algorithm>

#include "web/app/cursor.h"
#include "web/app/marks.h"
#include "web/widgets/transport.h"

namespace backstep::views {
namespace {

constexpr float kLow = 520;  // px of height

// "conv1" as "c1".
std::string abbreviation(const std::string& layer) {
  const bool numbered = layer.back() >= '0' && layer.back() <= '9';
  return layer.substr(0, 1) + (numbered ? layer.substr(layer.find_first_of("0123456789")) : "");
}

// One segment for each layer of a phase, and one for the whole update.
std::vector<ui::ScrubPhase> phases_of(const Trace& trace) {
  std::vector<ui::ScrubPhase> out;
  const Block* last = nullptr;
  for (const Block& block : trace.steps().blocks()) {
    const bool same =
        last && last->phase == block.phase && (last->layer == block.layer || block.phase == Phase::update);
    if (same) {
      out.back().count += block.count;
    } else {
      const std::string layer(trace.net().name_of(block.layer));
      ui::ScrubPhase phase;
      phase.name = block.phase == Phase::update ? "update" : block.phase == Phase::backward ? "∂ " + layer : layer;
      phase.short_name = (block.phase == Phase::backward ? "∂" : "") + abbreviation(layer);
      phase.first = block.first;
      phase.count = block.count;
      out.push_back(std::move(phase));
    }
    last = &block;
  }
  return out;
}

bool low(const ui::Rect& viewport) { return viewport.h < kLow; }

std::vector<ui::ScrubWarning> warnings_of(const app::Model& model) {
  std::vector<ui::ScrubWarning> out;
  for (const Trouble& trouble : model.troubles) out.push_back({trouble.step, trouble_name(trouble.kind)});
  return out;
}

ui::Transport make_spec(const app::Model& model, const std::vector<ui::ScrubPhase>& phases) {
  ui::Transport spec;
  const Trace& trace = *model.trace;
  spec.scrubber.phases = phases;
  spec.scrubber.steps = model.steps();
  spec.scrubber.step = model.step();
  spec.scrubber.step_label = [&trace](std::int64_t step) { return trace.steps().name(step); };
  spec.grain = static_cast<int>(model.cursor().grain);
  spec.playing = model.state.playing;
  spec.primary = !model.state.tour.runs();
  spec.can_back = !(app::moved(trace, model.cursor(), -1) == model.cursor());
  spec.can_next = !(app::moved(trace, model.cursor(), 1) == model.cursor());
  spec.position = "step " + std::to_string(model.step()) + " of " + std::to_string(model.steps());
  return spec;
}

float margin_x(float width) { return width < 620 ? 16.0F : 28.0F; }

}  // namespace

float transport_bar_height(const ui::Painter& painter, const ui::Rect& viewport) {
  ui::Transport spec;
  spec.compact = low(viewport);
  spec.show_grain = viewport.w >= ui::kPhoneWidth;  // else it stands in the strip
  return ui::transport_height(painter, viewport.w, spec) + (low(viewport)                  ? 8.0F
                                                            : viewport.w < ui::kPhoneWidth ? 20.0F
                                                                                           : 26.0F);
}

void draw_transport_bar(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents) {
  const ui::Theme& t = painter.theme();
  painter.fill_rect(area, t.surface);
  painter.line({area.x, area.y}, {area.right(), area.y}, {t.hairline, 1});
  const std::vector<ui::ScrubPhase> phases = phases_of(*model.trace);
  const std::vector<ui::ScrubWarning> warnings = warnings_of(model);
  ui::Transport spec = make_spec(model, phases);
  std::vector<std::int64_t> stops;
  for (const app::Break& b : app::breaks(model)) stops.insert(stops.end(), b.steps.begin(), b.steps.end());
  spec.scrubber.breaks = stops;
  spec.scrubber.warnings = warnings;
  spec.compact = low(painter.frame().viewport);
  spec.show_grain = area.w >= ui::kPhoneWidth;
  const float margin = margin_x(area.w);
  const float height = ui::transport_height(painter, area.w, spec);
  const bool phone = area.w < ui::kPhoneWidth;
  const ui::Rect inner{area.x + margin, area.y + (phone ? 4.0F : (area.h - height) / 2), area.w - 2 * margin, height};
  const ui::TransportHit hit = ui::transport(painter, inner, spec);
  if (hit.back) intents.push_back(app::Move{-1});
  if (hit.next) intents.push_back(app::Move{1});
  if (hit.play) intents.push_back(app::SetPlaying{!model.state.playing});
  if (hit.grain >= 0) intents.push_back(app::SetGrain{static_cast<Grain>(hit.grain)});
  // A press that is held goes there once: each intent asks for a frame.
  const bool there = hit.seek >= 0 && app::placed(*model.trace, hit.seek, -1, model.cursor().grain) == model.cursor();
  if (hit.seek >= 0 && !there) intents.push_back(app::Seek{hit.seek, -1});
}

}  // namespace backstep::views
