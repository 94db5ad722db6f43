#include "web/widgets/scrubber.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/text_block.h"

namespace backstep::ui {
namespace {

constexpr float kGap = 3;       // px between segments
constexpr float kSmallest = 6;  // px, narrowest segment
constexpr float kNamed = 52;    // px, the same where names are shown
constexpr float kBar = 22;      // height with names inside
constexpr float kSlimBar = 6;
constexpr float kLeastHeight = 24;  // that a pointer can hit
constexpr float kMarker = 3;        // width
constexpr float kKnob = 8;          // radius, on the slim bar
constexpr float kOverhang = 5;      // of the marker above and below the bar
constexpr float kInset = 8;         // of a name in its segment
constexpr float kSmallestInset = 3;

void draw_segment(Painter& painter, const Rect& r, const ScrubPhase& phase, std::int64_t step, float marker_x,
                  bool names) {
  const Theme& t = painter.theme();
  const bool current = step >= phase.first && step < phase.first + phase.count;
  const bool done = step >= phase.first + phase.count;
  const float radius = names ? 4 : 3;
  painter.fill_rect(r, done ? t.track_done : t.track, radius);
  if (current && marker_x > r.x) {
    const ScopeGuard guard(painter, clipped(painter, {r.x, r.y, marker_x - r.x, r.h}));
    painter.fill_rect(r, t.track_done, radius);
  }
  if (!names) return;
  TextStyle style = text_style(TextRole::kTiny);
  if (current) style.face = Face::kSansBold;
  const bool whole = text_width(phase.name, style) <= r.w - 2 * kSmallestInset;
  const std::string& shown = whole ? phase.name : phase.short_name;
  const float width = text_width(shown, style);
  const float inset = std::min(kInset, (r.w - width) / 2);
  if (inset < kSmallestInset) return;
  painter.text_in({r.x + inset, r.y, width, r.h}, shown, style, current || done ? t.ink : t.dim_ink, Align::kLeft);
}

void draw_marker(Painter& painter, float x, const Rect& bar) {
  const Rect r{x - kMarker / 2, bar.y - kOverhang, kMarker, bar.h + 2 * kOverhang};
  painter.fill_rect(grown(r, 1.5F), painter.theme().surface, kMarker);
  painter.fill_rect(r, painter.theme().ink, kMarker / 2);
}

// The warning whose wedge is under the pointer: a press there goes to its step exactly.
const ScrubWarning* warning_at(const Scrubber& spec, const ScrubLayout& layout, float x) {
  constexpr float kReach = 6;  // px
  const ScrubWarning* nearest = nullptr;
  float least = kReach;
  for (const ScrubWarning& warning : spec.warnings) {
    const float away = std::fabs(layout.x_of(warning.step) - x);
    if (away <= least) nearest = &warning, least = away;
  }
  return nearest;
}

// A wedge from above: no other mark of the bar is one, whatever its colour.
void draw_warning(Painter& painter, float x, const Rect& bar) {
  const Theme& t = painter.theme();
  const float y = bar.y - 5;
  const Vec2 halo[] = {{x - 7.5F, y - 1.5F}, {x + 7.5F, y - 1.5F}, {x, y + 11.5F}};
  const Vec2 wedge[] = {{x - 5, y}, {x + 5, y}, {x, y + 9}};
  painter.fill_polygon(halo, t.surface);
  painter.fill_polygon(wedge, t.error);
}

}  // namespace

ScrubLayout::ScrubLayout(std::span<const ScrubPhase> phases, float width, bool names) {
  std::int64_t steps = 0;
  for (const ScrubPhase& p : phases) steps += p.count;
  if (phases.empty() || steps <= 0) return;
  const float n = static_cast<float>(phases.size());
  const float gap = std::min(kGap, width / (4 * n));
  const float usable = width - gap * (n - 1);
  // Where names stand in the bar, a short phase may take half an equal share, to have room for its own.
  const float smallest = std::min(names ? kNamed : kSmallest, usable / (2 * n));
  // The short ones get their minimum, the others share the rest in proportion.
  float rest = usable;
  double shared = static_cast<double>(steps);
  std::vector<bool> is_short(phases.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < phases.size(); ++i) {
      const double share = static_cast<double>(phases[i].count) / shared * static_cast<double>(rest);
      if (is_short[i] || share >= static_cast<double>(smallest)) continue;
      is_short[i] = changed = true;
      rest -= smallest;
      shared -= static_cast<double>(phases[i].count);
    }
  }
  float x = 0;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const float w = is_short[i]
                        ? smallest
                        : static_cast<float>(static_cast<double>(phases[i].count) / shared * static_cast<double>(rest));
    segments_.push_back({x, w, phases[i].first, phases[i].count});
    x += w + gap;
  }
}

float ScrubLayout::x_of(std::int64_t step) const {
  for (const Segment& s : segments_) {
    if (step >= s.first + s.count) continue;
    const double at = (static_cast<double>(step - s.first) + 0.5) / static_cast<double>(s.count);
    return s.x + s.w * static_cast<float>(std::max(0.0, at));
  }
  return segments_.empty() ? 0 : segments_.back().x + segments_.back().w;
}

std::int64_t ScrubLayout::step_at(float x) const {
  std::int64_t step = 0;
  for (const Segment& s : segments_) {
    if (s.count <= 0) continue;
    if (x < s.x) {
      // In the gap before this segment: whichever end is nearer does not matter for three pixels.
      return s.first;
    }
    const double at = static_cast<double>((x - s.x) / s.w) * static_cast<double>(s.count);
    step = s.first + std::min(s.count - 1, static_cast<std::int64_t>(std::floor(at)));
    if (x < s.x + s.w) return step;
  }
  return step;
}

float scrubber_height(const Painter& painter, bool names) {
  if (painter.frame().coarse_pointer) return 44;
  return std::max(kLeastHeight, (names ? kBar : kSlimBar) + 2 * kOverhang + 4);
}

std::int64_t scrubber(Painter& painter, const Rect& rect, const Scrubber& spec) {
  const Theme& t = painter.theme();
  const ScrubLayout layout(spec.phases, rect.w, spec.names);
  const float height = spec.names ? kBar : kSlimBar;
  const Rect bar{rect.x, std::floor(rect.centre().y - height / 2), rect.w, height};
  const std::string label = painter.wants_labels()
                                ? "Step " + std::to_string(spec.step) + " of " + std::to_string(spec.steps)
                                : std::string();
  const HitState state = painter.hit({hit_id("transport.scrubber"), rect, label, HitRole::kSlider, kHitDrag});
  const float marker = rect.x + layout.x_of(spec.step);
  for (std::size_t i = 0; i < layout.segments().size(); ++i) {
    const ScrubLayout::Segment& s = layout.segments()[i];
    draw_segment(painter, {bar.x + s.x, bar.y, s.w, bar.h}, spec.phases[i], spec.step, marker, spec.names);
  }
  for (const std::int64_t step : spec.breaks) {
    painter.fill_circle({rect.x + layout.x_of(step), bar.y - 4}, 3, t.ink);
  }
  for (const ScrubWarning& warning : spec.warnings) draw_warning(painter, rect.x + layout.x_of(warning.step), bar);
  std::int64_t under = layout.step_at(state.pointer.x - rect.x);
  const ScrubWarning* warned = warning_at(spec, layout, state.pointer.x - rect.x);
  if (warned && !state.dragging) under = warned->step;
  if (state.hovered && !state.pressed && !state.resting) {
    const float x = std::clamp(state.pointer.x, rect.x, rect.right());
    painter.fill_rect({x - 0.5F, bar.y - 2, 1, bar.h + 4}, t.dim_ink);
  }
  if (spec.names) {
    draw_marker(painter, marker, bar);
  } else {
    painter.fill_circle({marker, bar.centre().y}, kKnob + 2, t.ground);
    painter.fill_circle({marker, bar.centre().y}, kKnob, t.ink);
  }
  if (state.focused) painter.stroke_rect(grown(bar, 4), {t.focus, 2}, 8);
  if ((state.hovered || state.pressed) && !state.resting && spec.step_label) {
    std::vector<std::string> lines{spec.step_label(under), "step " + std::to_string(under)};
    if (warned) lines.emplace_back(warned->what);
    const float x = std::clamp(state.pointer.x, rect.x, rect.right());
    tooltip(painter, {x, bar.y - kOverhang, 1, bar.h}, lines);
  }
  return state.pressed || state.clicked || state.drag_ended ? under : -1;
}

}  // namespace backstep::ui
