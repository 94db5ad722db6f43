#include "web/app/keys.h"

#include <array>

namespace backstep::app {

std::optional<Intent> intent_of_key(Key key, bool shift, const State& state) {
  const bool grid = state.in_grid;
  switch (key) {
    case Key::right:
      if (shift) return MoveLayer{1};
      return grid ? Intent{MoveInGrid{0, 1}} : Intent{Move{1}};
    case Key::left:
      if (shift) return MoveLayer{-1};
      return grid ? Intent{MoveInGrid{0, -1}} : Intent{Move{-1}};
    case Key::down: return grid ? Intent{MoveInGrid{1, 0}} : Intent{ChangeGrain{-1}};
    case Key::up: return grid ? Intent{MoveInGrid{-1, 0}} : Intent{ChangeGrain{1}};
    case Key::home: return SeekEnd{false};
    case Key::end: return SeekEnd{true};
    case Key::page_down: return Move{1};
    case Key::page_up: return Move{-1};
    case Key::space: return SetPlaying{!state.playing};
    case Key::enter: return EnterGrid{};
    case Key::escape:
      if (state.show_keys) return ToggleKeys{};
      if (state.error) return DismissError{};
      if (grid || state.pinned) return LeaveGrid{};
      return std::nullopt;
    case Key::question: return ToggleKeys{};
    case Key::undo: return Undo{};
    case Key::redo: return Redo{};
    case Key::other: return std::nullopt;
  }
  return std::nullopt;
}

std::span<const KeyHelp> key_help() {
  static constexpr std::array<KeyHelp, 10> kHelp{{
      {"→ ←", "next and previous step at the current grain"},
      {"↓ ↑", "finer and coarser grain"},
      {"Shift → ←", "next and previous layer"},
      {"Home End", "first and last step"},
      {"Space", "play and pause"},
      {"Page Down, Page Up", "as → and ←, for clickers"},
      {"Enter", "into the grid; arrows move there"},
      {"Escape", "out of the grid, then out of the canvas"},
      {"Ctrl Z, Ctrl Shift Z", "undo and redo"},
      {"?", "this list"},
  }};
  return kHelp;
}

}  // namespace backstep::app
