// The one command that draws: the page's own views, through the painter that writes SVG.
#include <memory>
#include <string>
#include <vector>

#include "../explain.h"
#include "command_error.h"
#include "commands.h"
#include "json_text.h"
#include "output_file.h"
#include "scene_source.h"
#include "step_at.h"
#include "web/app/mirror.h"
#include "web/app/show_scene.h"
#include "web/app/update.h"
#include "web/views/svg_stage.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  std::string at;
  std::string out;
  std::string theme = "light";
  std::string grain = "cell";
  std::int64_t term = -1;
  int width = 960;
  int height = 600;
};

constexpr int kMinSide = 240, kMaxSide = 8192;

// The page's model of the scene, moved to the step by the page's own intents.
app::Model model_at(Scene scene, const Options& options) {
  app::Model model;
  app::show_scene(model, std::move(scene), false);
  const std::int64_t step = find_step(*model.trace, options.at);
  const std::int64_t terms = term_count(*model.trace, step);
  if (options.term > terms) {
    fail_usage("--term " + std::to_string(options.term) + ": expected a term from 0 to " + std::to_string(terms));
  }
  app::update(model, app::parse_intent("grain", options.grain));
  app::update(model, app::Seek{step, options.term});
  return model;
}

void draw_scene(const Options& options) {
  Scene scene = load_scene(options.source);
  check_recordable(scene);
  const app::Model model = model_at(std::move(scene), options);
  ui::ThemeKind theme{};
  ui::theme_from_name(options.theme, &theme);
  const std::string svg = views::stage_svg(model, options.width, options.height, theme);
  save_file(options.out, {reinterpret_cast<const std::uint8_t*>(svg.data()), svg.size()});
  if (!options.source.json) return;
  print(json_text({{"file", options.out},
                   {"step", model.step()},
                   {"term", model.term()},
                   {"grain", grain_name(model.cursor().grain)},
                   {"cell", model.trace->steps().name(model.step())},
                   {"narration", app::sentence(model)}}));
}

}  // namespace

void add_svg(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("svg", "draw a step of a scene as the page does, to an SVG file");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  add_at_option(*command, options->at);
  command->add_option("--out", options->out, "SVG file to write")->required()->type_name("FILE");
  const auto size = [&](const char* name, int& value, const char* help) {
    command->add_option(name, value, help)
        ->capture_default_str()
        ->type_name("PX")
        ->check(CLI::Range(kMinSide, kMaxSide));
  };
  size("--width", options->width, "width of the picture");
  size("--height", options->height, "height of the picture");
  command->add_option("--theme", options->theme, "colours of the picture")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark", "contrast-light", "contrast-dark"}));
  command->add_option("--grain", options->grain, "how much is one step")
      ->capture_default_str()
      ->check(CLI::IsMember(std::vector<std::string>(kGrainNames.begin(), kGrainNames.end())));
  command->add_option("--term", options->term, "with this many terms of the step added; all by default")
      ->type_name("T")
      ->check(CLI::Range(std::int64_t{0}, INT64_MAX).description("T >= 0"));
  command->footer(
      "The operation under the cursor, in numbers, with the sentence of the step below it. The file needs no font of\n"
      "its own: texts keep their widths in whatever the reader has.\n\n"
      "Examples:\n"
      "  backstep svg pocket --at 41 --out step.svg\n"
      "  backstep svg pocket --at 'conv1.dw[0,0,1,2]' --out dark.svg --theme dark --width 640 --height 480\n"
      "  backstep svg single-conv --at 0 --term 4 --out four-products.svg");
  command->callback([options] { draw_scene(*options); });
}

}  // namespace backstep::cli
