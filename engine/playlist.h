// A playlist is a walk through scenes, stop by stop: what is shown, where the cursor stands, what is said and what is
// asked. The page's tour is one, and a lecturer's own file is another. Its parser is as strict as that of scenes; every
// number in its texts is a placeholder that the engine fills: "{conv1.y[0,1,1]}".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scene.h"

namespace backstep {

inline constexpr int kPlaylistVersion = 1;
inline constexpr std::size_t kMaxStops = 256;

// Parts of the page that stay closed until a stop opens them.
struct Panels {
  bool working = false;    // the arithmetic below the grids
  bool bias = false;       // beside the kernel
  bool heading = false;    // what kind of operation this is
  bool map = false;        // the network map
  bool inspector = false;  // formula and numbers
  bool steps = false;      // grain, play and scrubber
  bool operator==(const Panels&) const = default;
  static Panels all() { return {true, true, true, true, true, true}; }
};

struct Stop {
  std::string title;
  std::string text;          // with placeholders, as fill_text takes them
  std::string answer;        // said once the asked cell is known or the change is made; empty: `text` goes on
  std::size_t scene = 0;     // index into Playlist::scenes
  std::string edit;          // as in an address: "input[0,2,3]=5;target=1"
  std::int64_t updates = 0;  // training steps made before the pass that is shown
  std::string cell;          // where the cursor stands; empty: the first step
  std::int64_t term = -1;    // terms added, -1: all
  Grain grain = Grain::cell;
  Panels show;
  std::vector<std::string> covers;
  std::string pin;     // a cell whose relations are lit
  std::string ask;     // a covered cell that the reader is to predict
  std::string change;  // a given cell or tensor that the reader is to change
  See see = See::gather;
};

struct Playlist {
  std::string title;
  std::vector<Scene> scenes;  // each once, however many stops show it
  std::vector<Stop> stops;
};

// A whole playlist document (docs/scene.md). Errors: as parse_scene, where = path ("stops[2].scene.layers[0].kernel").
Result<Playlist> parse_playlist(std::string_view json);

// Whether the document calls itself a playlist, right or wrong: it has the key "playlist".
bool is_playlist(std::string_view json);

// The scene of a stop with its edits, training steps, cursor and covers. Cannot fail for a parsed playlist.
Scene stop_scene(const Playlist& playlist, std::size_t stop);

// A cell by its name, as a layer sees it: "conv1.y[0,1,1]", "input[0,2,3]", "conv1.w[0,0,1,2]", "dy[0,0,1]". Where a
// parameter and its updated value share a name, the parameter is meant.
Result<CellRef> parse_any_cell(const Network& net, const StepIndex& steps, std::string_view name);

// Texts with their placeholders filled from a pass. `before`: the same pass without the stop's edits and training
// steps. {cell} its value, {new cell} an updated parameter, {before cell} its value in the pass before, {terms cell}
// how many terms are added in it, {count tensor} how many cells a tensor has, {parameters}, {steps}, {rate}: the
// learning rate.
std::string fill_text(std::string_view text, const Trace& trace, const Trace& before);

// The first placeholder that means nothing in this network, as an error's message; empty when there is none.
std::string check_text(std::string_view text, const Network& net, const StepIndex& steps);

}  // namespace backstep
