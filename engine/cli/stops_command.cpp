#include <memory>
#include <string>

#include "../playlist.h"
#include "../trace.h"
#include "command_error.h"
#include "commands.h"
#include "files.h"
#include "json_text.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

struct Options {
  std::string file;
  bool json = false;
};

Playlist load_playlist(const std::string& path) {
  const auto bytes = path == "-" ? read_stdin(kMaxSceneBytes) : read_file(path, kMaxSceneBytes);
  if (!bytes) fail_usage(bytes.error().text());
  return value_or_fail(parse_playlist({reinterpret_cast<const char*>(bytes->data()), bytes->size()}), path);
}

void print_stops(const Options& options) {
  const Playlist list = load_playlist(options.file);
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  std::string lines;
  for (std::size_t i = 0; i < list.stops.size(); ++i) {
    const Stop& stop = list.stops[i];
    Scene scene = stop_scene(list, i);
    const auto trace = record(scene.problem);
    const auto before = record(list.scenes[stop.scene].problem);
    const std::string text = fill_text(stop.text, *trace, *before);
    lines += std::to_string(i + 1) + '\t' + stop.title + '\t' + text + '\n';
    if (!options.json) continue;
    scene.name.clear();
    out.push_back({{"title", stop.title},
                   {"text", text},
                   {"answer", fill_text(stop.answer, *trace, *before)},
                   {"step", scene.cursor.step},
                   {"cell", trace->steps().name(scene.cursor.step)},
                   {"scene", nlohmann::ordered_json::parse(write_scene(scene))}});
  }
  print(options.json ? json_text(out) : lines);
}

}  // namespace

void add_stops(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("stops", "read a playlist and say what is said at each of its stops");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "a playlist, or - for standard input")->required()->type_name("");
  command->add_flag("--json", options->json, "also where each stop stands and its whole scene, as JSON");
  command->footer(
      "Each line is the stop's number, its title and its text with every number filled in by the engine.\n\n"
      "Examples:\n"
      "  backstep stops web/lessons/tour.json\n"
      "  backstep stops lecture.json --json");
  command->callback([options] { print_stops(*options); });
}

}  // namespace backstep::cli
