// Steps as the page tells them: its own model says the sentences.
#include <algorithm>
#include <memory>

#include "../format.h"
#include "commands.h"
#include "json_text.h"
#include "scene_source.h"
#include "step_at.h"
#include "web/app/mirror.h"
#include "web/app/show_scene.h"
#include "web/app/update.h"

namespace backstep::cli {
namespace {

constexpr std::size_t kPrintedAtOnce = std::size_t{1} << 16U;

struct Options {
  SceneSource source;
  std::string at;
  std::int64_t count = 1;
};

// What the scene covers is asked for, not told: here as on the page.
nlohmann::ordered_json as_json(const app::Model& model) {
  const Trace& trace = *model.trace;
  const std::int64_t step = model.step();
  const Block& block = trace.steps().block_of(step);
  const bool covered = model.covered(block.layer, block.slot, step - block.first);
  const float value = trace.value(step);
  return {{"index", step},
          {"phase", phase_name(block.phase)},
          {"layer", trace.steps().layer_names()[static_cast<std::size_t>(block.layer)]},
          {"cell", trace.steps().name(step)},
          {"value", covered ? nlohmann::ordered_json() : nlohmann::ordered_json(value)},
          {"bits", covered ? nlohmann::ordered_json() : nlohmann::ordered_json(format_hex(value))},
          {"terms", model.terms()},
          {"narration", app::sentence(model)}};
}

void print_steps(const Options& options) {
  Scene scene = load_scene(options.source);
  check_recordable(scene);
  app::Model model;
  app::show_scene(model, std::move(scene), false);
  app::update(model, app::SetGrain{Grain::cell});
  const std::int64_t first = find_step(*model.trace, options.at);
  const std::int64_t last = std::min(model.steps(), saturating_add(first, options.count));
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  std::string lines;
  for (std::int64_t step = first; step < last; ++step) {
    app::update(model, app::Seek{step, -1});
    if (options.source.json) {
      out.push_back(as_json(model));
      continue;
    }
    lines += std::to_string(step) + '\t' + app::sentence(model) + '\n';
    if (lines.size() < kPrintedAtOnce && step + 1 < last) continue;
    print(lines);
    lines.clear();
  }
  if (options.source.json) print(json_text(out));
}

}  // namespace

void add_step(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("step", "tell what happens at a step of a scene");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  add_at_option(*command, options->at);
  command->add_option("--count", options->count, "this many steps, at most up to the last one")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, INT64_MAX).description("N >= 1"));
  command->footer(
      "Each line is the step's number, a tab, and the sentence that the page says at that step.\n\n"
      "Examples:\n"
      "  backstep step pocket --at 0 --count 10\n"
      "  backstep step pocket --at 'conv1.dw[0,0,1,2]'\n"
      "  backstep step scene.json --at 40 --json");
  command->callback([options] { print_steps(*options); });
}

}  // namespace backstep::cli
