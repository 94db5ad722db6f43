// A scene is everything: net, weights or seed, input, target, cursor, panels, locks, covers, in one versioned JSON
// document. One strict parser judges files, links and messages alike: unknown keys, wrong types, duplicate keys and
// values out of range are errors that name the path in the document and what was expected. Nothing is clamped, nothing
// thrown.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network.h"
#include "result.h"
#include "steps.h"
#include "trace.h"

namespace backstep {

inline constexpr int kSceneVersion = 1;
inline constexpr std::size_t kMaxSceneBytes = std::size_t{16} << 20U;

// Position in time. `term` counts the terms of the step that are added; -1 stands for all K of them.
struct Cursor {
  std::int64_t step = 0;
  std::int64_t term = -1;
  Grain grain = Grain::cell;
  bool operator==(const Cursor&) const = default;
};

enum class Theme : std::uint8_t { system, light, dark, contrast };
inline constexpr std::array<std::string_view, 4> kThemeNames = {"system", "light", "dark", "contrast"};
const char* theme_name(Theme theme);

// How the sums of a layer with windows are told: each result gathers its terms; each number scatters its share over the
// results it feeds; the windows are unrolled to the rows of a matrix, which multiplies the kernel as a vector (im2col);
// or the weights fill a matrix, which multiplies the tensor as a vector. Steps without such a view are gathered.
enum class See : std::uint8_t { gather, scatter, unrolled, matrix };
inline constexpr std::array<std::string_view, 4> kSeeNames = {"gather", "scatter", "unrolled", "matrix"};
const char* see_name(See see);
inline constexpr int kSmallestScale = 75;
inline constexpr int kLargestScale = 200;

// How the scene is shown. View preferences are not part of the trace hash.
struct ViewPrefs {
  Theme theme = Theme::system;
  bool inspector = false;   // formula and numbers beside the stage
  bool strip = true;        // network map above the stage
  bool everything = false;  // all panels open; a document that says so opens the inspector too
  bool present = false;     // for a projector: stage and sentence alone, large
  See see = See::gather;
  int scale = 100;  // percent of the usual size
  bool operator==(const ViewPrefs&) const = default;
};

// Where weights and biases come from that the document does not hold.
struct Seed {
  std::uint64_t value = 0;
  Initialisation rule = Initialisation::he;
};

struct Scene {
  std::string name;   // preset name, or empty
  std::string title;  // shown beside the product's name: "Pocket net"
  Problem problem;    // with shapes only: just the net, no numbers
  bool shapes_only = false;
  std::optional<Seed> seed;
  std::vector<std::string> class_names;  // of a classifier, or empty
  std::vector<std::string> covers;       // cells or tensors shown as "?" until revealed: "conv1.y[1,1]", "conv1.y"
  std::vector<std::string> locks;        // what the reader may not change
  // Names of layers, tensors or cells where play stops, and of cells that are watched. They outlive an edit of the net:
  // a name may have lost its cell.
  std::vector<std::string> breakpoints, watches;
  Cursor cursor;
  bool has_cursor = false;  // the document says where to begin
  ViewPrefs view;
};

// A whole scene document (docs/scene.md). Errors: code "scene.…", where = path ("layers[2].kernel").
Result<Scene> parse_scene(std::string_view json);

enum class SceneLayout : std::uint8_t { compact, lines };  // for links and messages; for files

// The document that parse_scene reads back as the same scene (but for its name), bit for bit; floats in their shortest
// exact form, keys in a fixed order, what is as usual left out. Parameters that the seed gives are not written.
std::string write_scene(const Scene& scene, SceneLayout layout = SceneLayout::compact);

// One layer as it stands in a document, and the other way round: its attributes by name, each with its JSON text.
Result<Layer> parse_layer(std::string_view json);
struct LayerAttribute {
  std::string name, text;
  bool usual = false;  // at its default, and then left out of a document
};
std::vector<LayerAttribute> layer_attributes(const Layer& layer);

// Whether a pass of the network can be stored; with shapes only, whether it can be counted. Errors: "scene.range".
Status check_size(const Network& net, bool shapes_only);

struct PresetInfo {
  std::string_view name;
  std::string_view title;
  std::string_view json;
};
std::span<const PresetInfo> presets();
Result<Scene> preset_scene(std::string_view name);

// What the page's address says, as one JSON object of strings made by the page from `#key=value&…`:
// {"scene":"pocket","step":"12","term":"3","grain":"product","theme":"dark"}. `scene` is a preset's name or a scene
// document as text (the page has undone its base64url); the other keys are overrides (docs/scene.md). The default scene
// is `pocket`. Errors: as parse_scene, and "scene.preset"; where = key of the address or path in its scene.
struct Address {
  Scene scene;
  Problem original;                  // of the scene without the address's edits
  std::optional<bool> tour;          // tour=1 asks for the tour, tour=0 for none
  bool has_scene = false;            // the address named a scene
  bool has_step = false;             // the address or the scene named a step
  std::string playlist;              // a playlist document instead of the page's own tour (playlist.h judges it)
  std::optional<std::int64_t> stop;  // where the tour begins, from 1
};
Result<Address> parse_address(std::string_view json);

}  // namespace backstep
