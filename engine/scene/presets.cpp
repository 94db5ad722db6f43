// The scenes that come with the program, embedded from engine/presets/.
#include <array>

#include "../scene.h"
#include "engine_presets.h"

namespace backstep {
namespace {

// The title is the first text after its key; presets are our own files, and a test compares with the parser.
constexpr std::string_view title_of(std::string_view json) {
  constexpr std::string_view kKey = "\"title\": \"";
  json.remove_prefix(json.find(kKey) + kKey.size());
  return json.substr(0, json.find('"'));
}

template <std::size_t N>
constexpr std::array<PresetInfo, N> make_table(const preset_files::Text (&texts)[N]) {
  std::array<PresetInfo, N> table;
  for (std::size_t i = 0; i < N; ++i) table[i] = {texts[i].name, title_of(texts[i].text), texts[i].text};
  return table;
}

constexpr auto kPresets = make_table(preset_files::texts);

}  // namespace

std::span<const PresetInfo> presets() { return kPresets; }

Result<Scene> preset_scene(std::string_view name) {
  std::string names;
  for (const PresetInfo& preset : kPresets) {
    if (preset.name == name) {
      auto scene = parse_scene(preset.json);
      if (scene) scene->name = name;
      return scene;
    }
    names += (names.empty() ? "" : ", ") + std::string(preset.name);
  }
  return Error{"scene.preset", "scene",
               "expected one of the presets " + names + ", found \"" + std::string(name) + '"'};
}

}  // namespace backstep
