#include <memory>

#include "../listing.h"
#include "commands.h"
#include "json_text.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  std::string tensor;
};

// The lines without their marks.
std::string code_of(const Listing& listing) {
  std::string out;
  bool mark = true;
  for (const char c : listing.text) {
    if (!mark) out += c;
    mark = c == '\n';
  }
  return out + '\n';
}

nlohmann::ordered_json as_json(const Trace& trace, const Block& block) {
  nlohmann::ordered_json constants = nlohmann::ordered_json::object();
  for (const auto& [name, value] : listing_constants(trace.net(), block)) constants[std::string(name)] = value;
  nlohmann::ordered_json out = {{"tensor", trace.steps().tensor_name(block)},
                                {"layer", trace.steps().layer_names()[static_cast<std::size_t>(block.layer)]},
                                {"slot", slot_name(block.slot)},
                                {"phase", phase_name(block.phase)},
                                {"first", block.first},
                                {"count", block.count},
                                {"constants", constants},
                                {"code", code_of(listing(trace.net(), block))}};
  const bool loss = block.layer == trace.net().layer_count();
  if (!loss && !trace.record(block.layer).cache.empty()) out["kept"] = trace.record(block.layer).cache.data;
  return out;
}

void print_code(const Options& options) {
  const auto trace = record_scene(load_scene(options.source));
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::string text;
  for (const Block& block : trace->steps().blocks()) {
    const std::string name = trace->steps().tensor_name(block);
    if (!options.tensor.empty() && options.tensor != name) continue;
    if (options.source.json) {
      all.push_back(as_json(*trace, block));
      continue;
    }
    text += "# " + name + '\n';
    for (const auto& [constant, value] : listing_constants(trace->net(), block)) {
      text += std::string(constant) + " = " + nlohmann::json(value).dump() + '\n';
    }
    text += code_of(listing(trace->net(), block)) + '\n';
  }
  if (!options.source.json) return print(text);
  const Problem& problem = trace->problem();
  nlohmann::ordered_json out = {{"blocks", all}};
  if (problem.classes) out["target"] = problem.classes->data;
  if (problem.target) out["target"] = problem.target->data;
  if (problem.dy) out["dy"] = problem.dy->data;
  print(json_text(out));
}

}  // namespace

void add_code(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("code", "the loops of each operation of a scene, as NumPy code");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->add_option("--tensor", options->tensor, "only the code that computes this tensor")->type_name("NAME");
  command->footer(
      "The page shows the same lines beside a step. f32 is numpy.float32, ndindex is numpy.ndindex; sums run in the\n"
      "engine's order, so the results are the engine's to the bit.\n\n"
      "Examples:\n"
      "  backstep code pocket --tensor conv1.dx\n"
      "  backstep code tiny-cnn --json");
  command->callback([options] { print_code(*options); });
}

}  // namespace backstep::cli
