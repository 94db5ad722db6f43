#include "web/widgets/controls.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/text_block.h"

namespace backstep::ui {
namespace {

constexpr float kRadius = 9;
constexpr float kIconSize = 12;
constexpr float kIconGap = 8;
constexpr TextStyle kSegmentStyle{Face::kSans, 14};
constexpr TextStyle kChosenStyle{Face::kSansBold, 14};
constexpr TextStyle kPlainStyle{Face::kSans, 14};

TextStyle label_style(const Button& b) {
  return b.style == ButtonStyle::kPrimary ? text_style(TextRole::kButton) : kPlainStyle;
}

}  // namespace

void draw_icon(Painter& painter, Icon icon, Vec2 c, float size, Colour colour) {
  const float r = size / 2;
  const Stroke stroke{colour, 1.8F};
  const auto chevron = [&](float x, float to) {
    const Vec2 points[] = {
        {x - to * r * 0.45F, c.y - r * 0.8F}, {x + to * r * 0.4F, c.y}, {x - to * r * 0.45F, c.y + r * 0.8F}};
    painter.polyline(points, stroke);
  };
  switch (icon) {
    case Icon::kNone: break;
    case Icon::kBack: chevron(c.x, -1); break;
    case Icon::kNext: chevron(c.x, 1); break;
    case Icon::kFirst:
      chevron(c.x + r * 0.3F, -1);
      painter.line({c.x - r * 0.7F, c.y - r * 0.8F}, {c.x - r * 0.7F, c.y + r * 0.8F}, stroke);
      break;
    case Icon::kLast:
      chevron(c.x - r * 0.3F, 1);
      painter.line({c.x + r * 0.7F, c.y - r * 0.8F}, {c.x + r * 0.7F, c.y + r * 0.8F}, stroke);
      break;
    case Icon::kPlay: {
      const Vec2 points[] = {
          {c.x - r * 0.6F, c.y - r * 0.85F}, {c.x + r * 0.85F, c.y}, {c.x - r * 0.6F, c.y + r * 0.85F}};
      painter.fill_polygon(points, colour);
      break;
    }
    case Icon::kPause:
      painter.fill_rect({c.x - r * 0.7F, c.y - r * 0.8F, r * 0.5F, r * 1.6F}, colour, 1);
      painter.fill_rect({c.x + r * 0.2F, c.y - r * 0.8F, r * 0.5F, r * 1.6F}, colour, 1);
      break;
    case Icon::kMore:
      for (const float dx : {-0.75F, 0.0F, 0.75F}) painter.fill_circle({c.x + dx * r, c.y}, r * 0.2F, colour);
      break;
    case Icon::kClose:
      painter.line({c.x - r * 0.65F, c.y - r * 0.65F}, {c.x + r * 0.65F, c.y + r * 0.65F}, stroke);
      painter.line({c.x - r * 0.65F, c.y + r * 0.65F}, {c.x + r * 0.65F, c.y - r * 0.65F}, stroke);
      break;
    case Icon::kPlus: painter.line({c.x, c.y - r * 0.8F}, {c.x, c.y + r * 0.8F}, stroke); [[fallthrough]];
    case Icon::kMinus: painter.line({c.x - r * 0.8F, c.y}, {c.x + r * 0.8F, c.y}, stroke); break;
    case Icon::kCheck: {
      const Vec2 points[] = {
          {c.x - r * 0.8F, c.y}, {c.x - r * 0.2F, c.y + r * 0.6F}, {c.x + r * 0.85F, c.y - r * 0.65F}};
      painter.polyline(points, stroke);
      break;
    }
  }
}

int slider(Painter& painter, const Rect& rect, std::string_view name, std::string_view label, int at, int count) {
  constexpr float kKnob = 8;
  const Theme& t = painter.theme();
  const HitState hit = painter.hit({hit_id(name), rect, label, HitRole::kSlider, kHitDrag});
  const float left = rect.x + kKnob, width = rect.w - 2 * kKnob, y = rect.centre().y;
  const float step = width / static_cast<float>(std::max(1, count - 1));
  const Vec2 knob{left + step * static_cast<float>(at), y};
  painter.line({left, y}, {left + width, y}, {t.control, 2});
  painter.fill_circle(knob, kKnob, hit.pressed || hit.hovered ? t.ink : t.dim_ink);
  if (hit.focused) focus_ring(painter, {knob.x - kKnob, y - kKnob, 2 * kKnob, 2 * kKnob}, kKnob);
  if (!hit.pressed && !hit.clicked) return -1;
  return std::clamp(static_cast<int>((hit.pointer.x - left) / step + 0.5F), 0, count - 1);
}

void focus_ring(Painter& painter, const Rect& rect, float radius) {
  painter.stroke_rect(grown(rect, 3), {painter.theme().focus, 2}, radius + 3);
}

float control_height(const Painter& painter) { return painter.frame().coarse_pointer ? 44.0F : 36.0F; }

float button_width(const Painter& painter, const Button& b) {
  const float height = control_height(painter);
  if (b.icon_only) return height;
  const float icon = b.icon == Icon::kNone ? 0 : kIconSize + kIconGap;
  const float padding = b.style == ButtonStyle::kPrimary ? 22 : b.style == ButtonStyle::kQuiet ? 10 : 16;
  return text_width(b.label, label_style(b)) + icon + 2 * padding;
}

bool button(Painter& painter, const Rect& rect, const Button& spec) {
  const Theme& t = painter.theme();
  const std::uint32_t flags = (spec.disabled ? kHitDisabled : 0) | (spec.selected ? kHitSelected : 0);
  const HitState state =
      painter.hit({hit_id(spec.name), rect, spec.label, spec.selected ? HitRole::kToggle : HitRole::kButton, flags});
  const bool primary = spec.style == ButtonStyle::kPrimary;
  const float opacity = spec.disabled ? 0.4F : 1.0F;
  Colour ink = primary ? t.primary_ink : spec.style == ButtonStyle::kQuiet && !state.hovered ? t.dim_ink : t.ink;
  if (primary) {
    Colour fill = t.primary;
    if (state.hovered) fill = composite(faded(t.primary_ink, state.pressed ? 0.22F : 0.12F), fill);
    painter.fill_rect(rect, faded(fill, opacity), kRadius);
  } else {
    if (spec.style == ButtonStyle::kPlain) painter.fill_rect(rect, t.surface, kRadius);
    if (state.pressed || spec.selected) {
      painter.fill_rect(rect, t.selected, kRadius);
    } else if (state.hovered) {
      painter.fill_rect(rect, t.hover, kRadius);
    }
    if (spec.style == ButtonStyle::kPlain) painter.stroke_rect(rect, {faded(t.control, opacity), 1}, kRadius);
  }
  if (state.focused) focus_ring(painter, rect, kRadius);
  ink = faded(ink, opacity);
  if (spec.icon_only) {
    draw_icon(painter, spec.icon, rect.centre(), kIconSize + 2, ink);
    return state.clicked;
  }
  const TextStyle style = label_style(spec);
  const float icon = spec.icon == Icon::kNone ? 0 : kIconSize + kIconGap;
  const std::string label = fit_text(spec.label, style, rect.w - icon - 12);
  const float width = text_width(label, style);
  Rect content{rect.centre().x - (width + icon) / 2, rect.y, width + icon, rect.h};
  if (icon > 0) {
    const Rect place = spec.icon_after ? cut_right(content, kIconSize) : cut_left(content, kIconSize);
    draw_icon(painter, spec.icon, place.centre(), kIconSize, ink);
    (spec.icon_after ? cut_right(content, kIconGap) : cut_left(content, kIconGap));
  }
  painter.text_in(content, label, style, ink, Align::kLeft);
  return state.clicked;
}

float segmented_width(const Painter&, std::span<const std::string_view> options) {
  float width = 0;
  for (const std::string_view option : options) width += text_width(option, kChosenStyle) + 26;
  return width;
}

int segmented(Painter& painter, const Rect& rect, std::string_view name, std::span<const std::string_view> options,
              int chosen) {
  const Theme& t = painter.theme();
  const float natural = segmented_width(painter, options);
  int clicked = -1;
  HitState focused;
  Rect focus_rect;
  painter.fill_rect(rect, t.surface, kRadius);
  Rect rest = rect;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const bool last = i + 1 == options.size();
    const float share = (text_width(options[i], kChosenStyle) + 26) * rect.w / natural;
    const Rect part = last ? rest : cut_left(rest, std::floor(share));
    const bool on = static_cast<int>(i) == chosen;
    const HitState state =
        painter.hit({hit_id(name, i + 1), part, options[i], HitRole::kOption, on ? kHitSelected : 0});
    if (state.clicked) clicked = static_cast<int>(i);
    if (on || state.hovered) painter.fill_rect(grown(part, -3), on ? t.selected : t.hover, kRadius - 3);
    if (state.focused) focused = state, focus_rect = part;
    const TextStyle style = on ? kChosenStyle : kSegmentStyle;
    painter.text_in(part, fit_text(options[i], style, part.w - 6), style, on || state.hovered ? t.ink : t.dim_ink);
  }
  painter.stroke_rect(rect, {t.control, 1}, kRadius);
  if (focused.focused) focus_ring(painter, focus_rect, kRadius - 3);
  return clicked;
}

}  // namespace backstep::ui
