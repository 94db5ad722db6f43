// The state of the page. Plain values; update() in update.h alone changes them, views get them const.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/playlist.h"
#include "engine/scene.h"
#include "engine/trouble.h"

namespace backstep::app {

// A cell of any tensor around a layer, as seen from that layer; computed or given.
struct CellAt {
  int layer = 0;
  Slot slot = Slot::y;
  std::int64_t index = 0;
  bool operator==(const CellAt&) const = default;
};

// What undo brings back: scenes that differ in one tensor share the others.
inline constexpr std::size_t kMaxUndo = 200;

struct Snapshot {
  Scene scene;
  Problem original;
  std::string input_name;
};

// Where the reader is in a playlist. It is left at its end or by choice, and keeps its place.
struct Tour {
  enum class Phase : std::uint8_t { none, running, paused, left };
  Phase phase = Phase::none;
  std::shared_ptr<const Playlist> list;
  std::string source;  // the document of a playlist that is not the page's own
  std::size_t stop = 0;
  std::string text, answer;  // of the stop, with its numbers
  bool changed = false;      // what the stop asks the reader to change is changed

  bool is_open() const { return phase == Phase::running || phase == Phase::paused; }
  bool runs() const { return phase == Phase::running; }
  const Stop& at() const { return list->stops[stop]; }
};

// The widths of the numeric gradient check: eps = 10^(-index / 4), from 1 down to 10^-10.
inline constexpr int kCheckWidths = 41;
inline constexpr int kFirstCheckWidth = 8;

// What the reader takes a covered number to be.
struct GuessState {
  std::string typed;
  std::string verdict;  // on the last guess; empty before it
  bool right = false;
};

// How far one step goes: a fraction, so that sums of decimal steps stay the decimals that they are.
struct StepSize {
  double numerator = 1.0, denominator = 1.0;
};

// A drag or a stroke of the brush: however far it goes, it is one entry of undo.
struct Gesture {
  std::string cell;   // what is dragged; empty: the brush
  double base = 0.0;  // its number when the drag began
  StepSize step;
  bool remembered = false;  // for undo
};

// A field for a cell's number, over the cell.
struct Field {
  std::string cell;
  CellAt at;              // where it stands
  std::string value;      // what is in it at first
  bool selected = false;  // the cell's own number, which the next key replaces
};
// Sizes of everything, in percent, that keys and menu go through.
inline constexpr int kScales[] = {75, 90, 100, 110, 125, 150, 175, 200};
// How far the stage's large grids are enlarged: the share of rows and columns in sight is one over it.
inline constexpr float kZooms[] = {1, 1.5F, 2, 3, 4, 6, 8};

struct State {
  Scene scene;                   // with the cursor and the view preferences
  Problem original;              // as the scene came: what reset brings back
  std::string input_name;        // file name of a loaded picture, empty for the sample
  std::optional<CellAt> hover;   // under the pointer
  std::optional<CellAt> pinned;  // kept by a tap, a click or the grid cursor
  bool in_grid = false;          // arrow keys move the grid cursor
  bool playing = false;
  double since_step = 0.0;            // seconds since play moved last
  std::size_t zoom = 0;               // index into kZooms
  bool show_keys = false;             // the list of keys is open
  std::optional<Error> error;         // shown until dismissed or the next success
  std::string notice;                 // what came of an errand; shown until something else happens
  std::vector<std::string> revealed;  // cells and tensors that are covered by the scene and were uncovered
  GuessState guess;
  int check_width = kFirstCheckWidth;
  Tour tour;
  std::optional<Gesture> gesture;
  std::optional<Field> field;
  std::optional<float> brush;  // painting the input with this number
  std::optional<CellAt> menu;  // the cell whose menu is open
  bool kernels = false;        // it lists kernels to fill the cell's plane with
  int menu_item = -1;          // that the keys are on
  bool panel = false;          // layers, breakpoints and watches beside the stage
  std::uint64_t edits = 0;     // counts the changes of numbers: what changed glows
  std::vector<Snapshot> undo, redo;
};

struct GradientCheck;
class CheckProbes;

// The state with its trace. The trace is derived from the scene's problem and never kept in undo.
struct Model {
  State state;
  std::shared_ptr<const Trace> trace;
  std::shared_ptr<Trace> spare;                // the one before: its memory takes the next
  std::string hash;                            // of the trace
  std::vector<Trouble> troubles;               // in the trace, the first of each kind
  std::shared_ptr<const GradientCheck> check;  // of the chosen gradient, while the inspector shows it
  std::shared_ptr<CheckProbes> probes;         // what the check keeps from cell to cell

  const Cursor& cursor() const { return state.scene.cursor; }
  // Steps of the scene; 0 for a scene of shapes only, which has no trace.
  std::int64_t steps() const { return trace ? trace->size() : 0; }
  // Terms of the current step and how many of them are added.
  std::int64_t terms() const;
  std::int64_t term() const;
  // Last step of the cursor's group: what data-step says.
  std::int64_t step() const { return state.scene.cursor.step; }
  // How many leading cells of a tensor are computed at the cursor; everything of a given tensor.
  std::int64_t known(int layer, Slot slot) const;
  // Whether a cell is covered ("predict first") by the scene.
  bool covered(int layer, Slot slot, std::int64_t index) const;
};

}  // namespace backstep::app
