#include <algorithm>
#include <memory>

#include "command_error.h"
#include "commands.h"
#include "info_table.h"
#include "json_text.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  bool list = false;
};

void print_presets(bool json) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  std::string lines;
  std::size_t width = 0;
  for (const PresetInfo& preset : presets()) width = std::max(width, preset.name.size());
  for (const PresetInfo& preset : presets()) {
    out.push_back({{"name", preset.name}, {"title", preset.title}});
    lines +=
        std::string(preset.name) + std::string(width - preset.name.size() + 2, ' ') + std::string(preset.title) + '\n';
  }
  print(json ? json_text(out) : lines);
}

}  // namespace

void add_info(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("info", "count a network: shapes, parameters, multiply-adds, receptive fields");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->get_option("SCENE")->required(false);
  command->add_flag("--list", options->list, "list the presets");
  command->footer(
      "Works on scenes that have shapes only, too, however large they are.\n\n"
      "Examples:\n"
      "  backstep info --list\n"
      "  backstep info pocket\n"
      "  backstep info scene.json --json");
  command->callback([options] {
    if (options->list) return print_presets(options->source.json);
    if (options->source.name.empty()) fail_usage("info: SCENE is required; info --list prints the presets");
    const Scene scene = load_scene(options->source);
    print(options->source.json ? json_text(info_json(scene)) : info_text(scene));
  });
}

}  // namespace backstep::cli
