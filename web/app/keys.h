// The keys of the contract, as intents.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "web/app/intent.h"

namespace backstep::app {

enum class Key : std::uint8_t {
  other,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  space,
  enter,
  escape,
  question,
  backspace,
  tour,
  present,
  see,
  formula,
  save,
  find,
  larger,
  zoom_in,
  zoom_out,
  undo,
  redo,
  more,  // a step up in the pinned number
  less,
  menu,
  grid,
  run,
  panel
};

// The intent of a key press while the canvas has the focus; none: the key is not ours. Escape outside the grid is not
// ours either: the page then gives the focus back.
std::optional<Intent> intent_of_key(Key key, bool shift, const Model& model);

// The intent of a typed digit, point or minus: a guess at the covered number that is asked for, or the pinned cell's
// new number; where neither is, minus is a smaller size and zero the usual one.
std::optional<Intent> intent_of_text(char key, const Model& model);
bool takes_digits(const Model& model);

struct KeyHelp {
  std::string_view keys;
  std::string_view what;
};
std::span<const KeyHelp> key_help();

}  // namespace backstep::app
