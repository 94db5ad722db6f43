#include "web/app/keys.h"

#include <array>

#include "web/app/tour.h"

namespace backstep::app {

namespace {

// A number is asked for: Enter answers, with what was typed or by having it shown.
std::optional<Intent> answer_of_key(Key key, const Model& model) {
  const GuessState& guess = model.state.guess;
  const bool asked = !asked_cell(model).empty();
  if (key == Key::enter && asked) return guess.typed.empty() ? Intent{Reveal{}} : Intent{MakeGuess{}};
  if (key == Key::backspace && !guess.typed.empty()) return TypeGuess{'\b'};
  return std::nullopt;
}

// While the tour runs the keys of steps are its Next and Back, and Escape lets the reader look round.
std::optional<Intent> tour_key(Key key, bool shift, const State& state) {
  const bool covered_up = state.show_keys || state.error || state.in_grid;
  switch (key) {
    case Key::right:
    case Key::page_down: return shift || state.in_grid ? std::nullopt : std::optional<Intent>(TourMove{1});
    case Key::left:
    case Key::page_up: return shift || state.in_grid ? std::nullopt : std::optional<Intent>(TourMove{-1});
    case Key::escape: return covered_up ? std::nullopt : std::optional<Intent>(PauseTour{});
    case Key::tour: return PauseTour{};
    default: return std::nullopt;
  }
}

// The menu of a cell takes the keys that move in it.
std::optional<Intent> menu_key(Key key) {
  switch (key) {
    case Key::down: return MoveInMenu{1};
    case Key::up: return MoveInMenu{-1};
    case Key::enter:
    case Key::space: return ChooseInMenu{};
    case Key::escape: return CloseMenu{};
    default: return std::nullopt;
  }
}

// The pinned cell, else the one of this step.
std::optional<CellAt> cell_of_keys(const Model& model) {
  if (model.state.pinned || !model.trace) return model.state.pinned;
  const CellRef cell = model.trace->steps().cell(model.step());
  return CellAt{cell.layer, cell.slot, cell.index};
}

}  // namespace

bool takes_digits(const Model& model) { return !asked_cell(model).empty() || model.state.pinned.has_value(); }

std::optional<Intent> intent_of_text(char key, const Model& model) {
  if (!asked_cell(model).empty()) return TypeGuess{key};
  if (model.state.pinned) return OpenField{"", key};
  if (key == '-') return ChangeScale{-1};
  if (key == '0') return SetScale{100};
  return std::nullopt;
}

std::optional<Intent> intent_of_key(Key key, bool shift, const Model& model) {
  const State& state = model.state;
  const bool grid = state.in_grid;
  if (state.field && key == Key::enter) return SetCell{state.field->cell, state.field->value};
  if (state.field && key == Key::escape) return CloseField{};
  if (state.menu) {
    if (auto own = menu_key(key)) return own;
  }
  if (auto answer = answer_of_key(key, model)) return answer;
  const bool covered_up = state.show_keys || state.error || grid;
  if (key == Key::escape && state.scene.view.present && !covered_up) return TogglePresenter{};
  if (state.tour.runs()) {
    if (auto own = tour_key(key, shift, state)) return own;
  }
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
    case Key::enter: return grid ? Intent{OpenField{}} : Intent{EnterGrid{}};
    case Key::escape:
      if (state.show_keys) return ToggleKeys{};
      if (state.error) return DismissError{};
      if (state.brush) return SetBrush{};
      if (grid || state.pinned) return LeaveGrid{};
      return std::nullopt;
    case Key::question: return ToggleKeys{};
    case Key::undo: return Undo{};
    case Key::redo: return Redo{};
    case Key::tour: return StartTour{};
    case Key::present: return TogglePresenter{};
    case Key::more: return state.pinned ? std::optional<Intent>(StepCell{"", shift ? 10 : 1}) : std::nullopt;
    case Key::less: return state.pinned ? std::optional<Intent>(StepCell{"", shift ? -10 : -1}) : std::nullopt;
    case Key::menu: return OpenMenu{cell_of_keys(model)};
    case Key::grid: return MoveGrid{shift ? -1 : 1};
    case Key::run: return RunToBreak{shift ? -1 : 1};
    case Key::panel: return TogglePanel{};
    case Key::see: return NextSee{};
    case Key::formula: return Run{Errand::copy_formula};
    case Key::save: return Run{Errand::save_png};
    case Key::larger: return ChangeScale{1};
    case Key::zoom_in: return Zoom{1};
    case Key::zoom_out: return Zoom{-1};
    case Key::find: return Run{Errand::find_cell};
    case Key::backspace:
    case Key::other: return std::nullopt;
  }
  return std::nullopt;
}

std::span<const KeyHelp> key_help() {
  static constexpr std::array<KeyHelp, 23> kHelp{{
      {"→ ←", "next and previous step at the current grain"},
      {"↓ ↑", "finer and coarser grain"},
      {"Shift → ←", "next and previous layer"},
      {"Home End", "first and last step"},
      {"Space", "play and pause"},
      {"Page Down, Page Up", "as → and ←, for clickers"},
      {"Enter", "into the grid; arrows move there, G goes to the next grid"},
      {"0 … 9, Enter", "in the grid: type another number"},
      {"Alt ↑ ↓", "one step more or less; with Shift ten"},
      {"M", "menu of the cell: where it comes from, watch, break, change"},
      {"R, Shift R", "run to the next breakpoint, and back to the one before"},
      {"L", "layers, breakpoints and watches"},
      {"Escape", "out of the grid, then out of the canvas"},
      {"Ctrl Z, Ctrl Y", "undo and redo"},
      {"T", "start, pause and resume the tour; → and ← are its Next and Back"},
      {"V", "the same sum seen another way: gathered, scattered, as a matrix"},
      {"P", "presenter mode, for a projector"},
      {"F", "copies the formula as LaTeX"},
      {"S", "saves the picture as PNG"},
      {"/", "go to a cell by its name"},
      {"Z, Shift Z", "zoom into the grids of the stage, and out"},
      {"+ − 0", "larger, smaller and usual size"},
      {"?", "this list"},
  }};
  return kHelp;
}

}  // namespace backstep::app
