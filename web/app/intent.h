// Everything that can happen to the state, whoever wishes it: pointer, keys, mirror, address, messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "web/app/state.h"

namespace backstep::app {

struct Move {
  int by = 1;  // groups of the current grain, negative: back
};
struct MoveLayer {
  int by = 1;
};
struct Seek {
  std::int64_t step = 0;
  std::int64_t term = -1;  // -1: all of them
};
struct SeekEnd {
  bool last = true;  // false: the first group
};
struct GoTo {
  std::string cell;  // "conv1.y[0,3,5]"
};
struct SetGrain {
  Grain grain = Grain::cell;
};
struct ChangeGrain {
  int by = 1;  // 1: coarser, -1: finer
};
struct SetPlaying {
  bool playing = true;
};
struct Tick {
  double seconds = 0.0;  // since the last tick, while playing
};
struct LoadAddress {
  std::string json;    // as parse_address takes it
  bool tours = false;  // an address without scene and step starts the tour
};
struct LoadScene {
  std::string json;  // a scene document, or a playlist
};
struct LoadPreset {
  std::string name;
};
struct LoadPicture {
  std::string name;  // of the file
  std::int64_t width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // width * height * 4, not premultiplied
};
struct LoadWeights {
  std::vector<std::uint8_t> safetensors;
};
struct ResetInput {};
struct SetTarget {
  int target = 0;
};
struct SetTheme {
  Theme theme = Theme::system;
};
struct SetSee {
  See see = See::gather;
};
struct NextSee {};  // the next way that the present step can be told
struct SetCheckWidth {
  int index = kFirstCheckWidth;  // of the numeric gradient's eps: 10^(-index / 4)
};
struct SetScale {
  int percent = 100;
};
struct ChangeScale {
  int by = 1;  // sizes of kScales, negative: smaller
};
struct Zoom {
  int by = 1;  // levels of kZooms, negative: out
};
struct ToggleInspector {};
struct ToggleStrip {};
struct ToggleEverything {};
struct ToggleKeys {};
struct Hover {
  std::optional<CellAt> cell;
};
struct Pin {
  std::optional<CellAt> cell;  // the pinned cell again, or none: unpin
};
struct EnterGrid {};
struct LeaveGrid {};
struct MoveInGrid {
  int rows = 0, columns = 0;
};
struct Undo {};
struct Redo {};
struct Fail {
  Error error;  // something outside (a file, a message) went wrong and is to be shown
};
struct DismissError {};

struct StartTour {};  // or goes on where it was left
struct PauseTour {};
struct LeaveTour {};
struct TourMove {
  int by = 1;  // stops; past the last one the tour ends
};
struct GoToStop {
  std::size_t stop = 0;
};
struct TypeGuess {
  char key = 0;  // a digit, '-', '.', or '\b'
};
struct MakeGuess {
  std::string text;  // empty: what was typed
};
struct Reveal {
  std::string name;  // a cell or tensor; empty: the cell that is asked for
};
struct TogglePresenter {};
struct Cover {
  std::string name;  // a computed cell or tensor, hidden until it is revealed
};

// What only the platform can do. The state stays as it is.
enum class Errand : std::uint8_t { open_file, find_cell, copy_link, copy_formula, save_png, save_svg, open_lesson };
struct Run {
  Errand errand = Errand::copy_link;
};
struct Notify {
  std::string text;  // what came of it: "Link copied"
};

// Edits; edit_update.h carries them out. Cells are named: "conv1.w[0,0,1,1]", "input[0,2,3]", "lr".
struct SetCell {
  std::string cell;
  std::string value;  // as typed
};
struct StepCell {
  std::string cell;  // empty: the pinned one
  int by = 1;        // steps as large as suit the cell's tensor
};
struct ScrubCell {
  std::string cell;
  int by = 0;  // steps since the drag began; one drag is one entry of undo
};
struct EndGesture {};
struct OpenField {
  std::string cell;  // empty: the pinned one
  char first = 0;    // typed to open it, else the number itself is there to be changed
};
struct CloseField {};
struct SetBrush {
  std::optional<float> value;  // none: painting ends
};
struct TogglePaint {};  // with the brightest brush
struct PaintInput {
  std::vector<std::int64_t> cells;  // flat indices; one stroke is one entry of undo
};
struct FillKernel {
  std::string cell;     // of the kernel plane to fill
  std::string pattern;  // as kernel_patterns names it
  std::uint64_t seed = 0;
};
struct ToggleBreakpoint {
  std::string name;  // of a layer, a tensor or a cell
};
struct ToggleWatch {
  std::string cell;
};
struct RunToBreak {
  int direction = 1;
};
struct OpenMenu {
  std::optional<CellAt> cell;  // none: the pinned one
};
struct MoveInMenu {
  int by = 1;
};
struct ChooseInMenu {
  int item = -1;  // -1: the one that the keys are on
};
struct CloseMenu {};
struct TogglePanel {};
struct PinCell {
  std::string cell;  // by its name; empty: unpin
};
struct MoveGrid {
  int by = 1;  // the grid cursor goes to the next tensor that takes part in the step
};
struct EditLayer {
  int layer = 0;
  std::string attribute, value;  // both empty: `op` is put after the layer (-1: first)
  std::string op;                // "remove", "up", "down", or the layer type to add
};

using Intent =
    std::variant<Move, MoveLayer, Seek, SeekEnd, GoTo, SetGrain, ChangeGrain, SetPlaying, Tick, LoadAddress, LoadScene,
                 LoadPreset, LoadPicture, LoadWeights, ResetInput, SetTarget, SetTheme, SetSee, NextSee, SetCheckWidth,
                 SetScale, ChangeScale, Zoom, ToggleInspector, ToggleStrip, ToggleEverything, ToggleKeys, Hover, Pin,
                 EnterGrid, LeaveGrid, MoveInGrid, Undo, Redo, Fail, DismissError, StartTour, PauseTour, LeaveTour,
                 TourMove, GoToStop, TypeGuess, MakeGuess, Reveal, TogglePresenter, SetCell, StepCell, ScrubCell,
                 EndGesture, OpenField, CloseField, SetBrush, TogglePaint, PaintInput, FillKernel, ToggleBreakpoint,
                 ToggleWatch, RunToBreak, OpenMenu, MoveInMenu, ChooseInMenu, CloseMenu, TogglePanel, PinCell, MoveGrid,
                 EditLayer, Cover, Run, Notify>;

// The text form that the mirror and the message API use: a kind and one argument, such as ("seek", "12"),
// ("grain", "cell"), ("next", ""). An unknown kind or a wrong argument is a Fail intent.
Intent parse_intent(std::string_view kind, std::string_view argument);

}  // namespace backstep::app
