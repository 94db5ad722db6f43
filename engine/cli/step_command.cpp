#include <algorithm>
#include <charconv>
#include <memory>

#include "../explain.h"
#include "../format.h"
#include "../narration.h"
#include "command_error.h"
#include "commands.h"
#include "json_text.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

constexpr std::size_t kPrintedAtOnce = std::size_t{1} << 16U;

struct Options {
  SceneSource source;
  std::string at;
  std::int64_t count = 1;
};

// "12", or the name of a cell.
std::int64_t find_step(const Trace& trace, const std::string& at) {
  std::int64_t step = 0;
  const auto [end, failure] = std::from_chars(at.data(), at.data() + at.size(), step);
  if (failure == std::errc{} && end == at.data() + at.size()) {
    if (step >= 0 && step < trace.size()) return step;
  } else if (at.find('.') != std::string::npos) {
    const auto found = trace.steps().parse(at);
    if (!found) fail_usage("--at " + found.error().text());
    return *found;
  }
  fail_usage("--at " + at + ": expected a step from 0 to " + std::to_string(trace.size() - 1) +
             " or the name of a cell such as " + trace.steps().name(0));
}

nlohmann::ordered_json as_json(const Trace& trace, std::int64_t step) {
  const Block& block = trace.steps().block_of(step);
  const float value = trace.value(step);
  return {{"index", step},
          {"phase", phase_name(block.phase)},
          {"layer", trace.steps().layer_names()[static_cast<std::size_t>(block.layer)]},
          {"cell", trace.steps().name(step)},
          {"value", value},
          {"bits", format_hex(value)},
          {"terms", term_count(trace, step)},
          {"narration", narrate(trace, step)}};
}

void print_steps(const Options& options) {
  const auto trace = record_scene(load_scene(options.source));
  const std::int64_t first = find_step(*trace, options.at);
  const std::int64_t last = std::min(trace->size(), saturating_add(first, options.count));
  if (options.source.json) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (std::int64_t step = first; step < last; ++step) out.push_back(as_json(*trace, step));
    return print(json_text(out));
  }
  std::string lines;
  for (std::int64_t step = first; step < last; ++step) {
    lines += std::to_string(step) + '\t' + narrate(*trace, step) + '\n';
    if (lines.size() < kPrintedAtOnce && step + 1 < last) continue;
    print(lines);
    lines.clear();
  }
}

}  // namespace

void add_step(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("step", "tell what happens at a step of a scene");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->add_option("--at", options->at, "number of the step, from 0, or the name of a cell")
      ->required()
      ->type_name("STEP");
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
