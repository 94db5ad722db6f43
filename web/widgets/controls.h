// Buttons and segmented controls.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/widgets/painter.h"

namespace backstep::ui {

enum class Icon : std::uint8_t {
  kNone,
  kBack,
  kNext,
  kPlay,
  kPause,
  kFirst,
  kLast,
  kMore,
  kClose,
  kCheck,
  kPlus,
  kMinus
};

// Drawn inside the square of `size` px around `centre`.
void draw_icon(Painter& painter, Icon icon, Vec2 centre, float size, Colour colour);

enum class ButtonStyle : std::uint8_t {
  kPrimary,  // the one next action
  kPlain,    // bordered
  kQuiet,    // text only, filled while hovered
};

struct Button {
  std::string_view name = {};   // dotted id: "transport.next"
  std::string_view label = {};  // shown, and read out; with icon_only it is only read out
  ButtonStyle style = ButtonStyle::kPlain;
  Icon icon = Icon::kNone;
  bool icon_after = false;  // icon to the right of the label
  bool icon_only = false;
  bool disabled = false;
  bool selected = false;  // a toggle that is on
};

// A quiet button of which only the icon is shown.
constexpr Button icon_button(std::string_view name, std::string_view label, Icon icon, bool disabled = false) {
  return {.name = name,
          .label = label,
          .style = ButtonStyle::kQuiet,
          .icon = icon,
          .icon_only = true,
          .disabled = disabled};
}

// Height of controls for the current pointer: 36 px, 44 px for touch.
float control_height(const Painter& painter);
// Width that the button wants.
float button_width(const Painter& painter, const Button& button);
// True in the frame it is clicked.
bool button(Painter& painter, const Rect& rect, const Button& spec);

// One of several; `name` is the dotted id of the family.
float segmented_width(const Painter& painter, std::span<const std::string_view> options);
// The option clicked in this frame, or -1.
int segmented(Painter& painter, const Rect& rect, std::string_view name, std::span<const std::string_view> options,
              int chosen);

// A slider of `count` stops. The stop that the pointer chose in this frame, or -1.
int slider(Painter& painter, const Rect& rect, std::string_view name, std::string_view label, int at, int count);

// Ring around a control that has the keyboard focus.
void focus_ring(Painter& painter, const Rect& rect, float radius);

}  // namespace backstep::ui
