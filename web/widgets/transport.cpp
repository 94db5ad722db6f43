#include "web/widgets/transport.h"

#include <algorithm>

#include "web/widgets/controls.h"

namespace backstep::ui {
namespace {

constexpr float kGap = 12;
constexpr float kPhoneButton = 48;
constexpr float kPhoneGrain = 44;

Button back_button(const Transport& spec) {
  return {.name = "transport.back",
          .label = spec.primary ? "Back" : "Step back",
          .icon = Icon::kBack,
          .disabled = !spec.can_back};
}

Button next_button(const Transport& spec) {
  return {.name = "transport.next",
          .label = spec.primary ? "Next" : "Step",
          .style = spec.primary ? ButtonStyle::kPrimary : ButtonStyle::kPlain,
          .icon = Icon::kNext,
          .icon_after = true,
          .disabled = !spec.can_next};
}

Button play_button(const Transport& spec) {
  return {.name = "transport.play",
          .label = spec.playing ? "Pause" : "Play",
          .icon = spec.playing ? Icon::kPause : Icon::kPlay,
          .disabled = !spec.playing && !spec.can_next};
}

// "Play" and "Pause" share one width, or the row would jump.
float play_width(const Painter& painter) {
  return std::max(button_width(painter, {.name = {}, .label = "Play", .icon = Icon::kPlay}),
                  button_width(painter, {.name = {}, .label = "Pause", .icon = Icon::kPause}));
}

float phone_button(const Painter& painter, const Transport& spec) {
  return spec.compact ? control_height(painter) : kPhoneButton;
}

TransportHit phone(Painter& painter, Rect rest, const Transport& spec) {
  TransportHit hit;
  if (spec.show_scrubber) {
    Scrubber slim = spec.scrubber;
    slim.names = false;
    const Rect place = cut_top(rest, scrubber_height(painter, false));
    hit.seek = scrubber(painter, place, slim);
  }
  Rect row = cut_top(rest, phone_button(painter, spec));
  const float side = std::max(96.0F, (row.w - 2 * kGap) * 0.26F);
  const Button back = back_button(spec);
  hit.back = button(painter, cut_left(row, std::max(side, button_width(painter, back))), back);
  cut_left(row, kGap);
  hit.play = button(painter, cut_right(row, side), play_button(spec));
  cut_right(row, kGap);
  hit.next = button(painter, row, next_button(spec));
  if (spec.show_grain) {
    cut_top(rest, kGap);
    hit.grain = segmented(painter, cut_top(rest, kPhoneGrain), "transport.grain", kGrainNames, spec.grain);
  }
  return hit;
}

TransportHit desktop(Painter& painter, Rect rest, const Transport& spec) {
  TransportHit hit;
  Rect row = cut_top(rest, control_height(painter));
  const TextStyle caption = text_style(TextRole::kCaption);
  const Button back = back_button(spec);
  hit.back = button(painter, cut_left(row, button_width(painter, back)), back);
  cut_left(row, kGap);
  const Button next = next_button(spec);
  hit.next = button(painter, cut_left(row, button_width(painter, next)), next);
  cut_left(row, kGap);
  hit.play = button(painter, cut_left(row, play_width(painter)), play_button(spec));
  if (spec.show_grain) {
    cut_left(row, 3 * kGap);
    hit.grain = segmented(painter, cut_left(row, segmented_width(painter, kGrainNames)), "transport.grain", kGrainNames,
                          spec.grain);
  }
  if (text_width(spec.position, caption) + kGap <= row.w) {
    painter.text_in(row, spec.position, caption, painter.theme().dim_ink, Align::kRight);
  }
  if (spec.show_scrubber) {
    cut_top(rest, kGap);
    hit.seek = scrubber(painter, cut_top(rest, scrubber_height(painter, true)), spec.scrubber);
  }
  return hit;
}

}  // namespace

float transport_height(const Painter& painter, float width, const Transport& spec) {
  if (width < kPhoneWidth) {
    return (spec.show_scrubber ? scrubber_height(painter, false) : 0) + phone_button(painter, spec) +
           (spec.show_grain ? kGap + kPhoneGrain : 0);
  }
  return control_height(painter) + (spec.show_scrubber ? kGap + scrubber_height(painter, true) : 0);
}

TransportHit transport(Painter& painter, const Rect& rect, const Transport& spec) {
  return rect.w < kPhoneWidth ? phone(painter, rect, spec) : desktop(painter, rect, spec);
}

}  // namespace backstep::ui
