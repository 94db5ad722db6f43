#include <memory>

#include "../npy.h"
#include "../safetensors.h"
#include "command_error.h"
#include "commands.h"
#include "files.h"
#include "json_text.h"
#include "output_file.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  std::string out;
  std::string tensor;  // this one alone, as .npy
};

void add_if_any(TensorFile& file, std::string name, const Tensor& tensor) {
  if (!tensor.empty()) file.tensors.push_back({std::move(name), tensor});
}

// Every number of a recorded pass, in the order of the steps.
TensorFile collect(const Trace& trace) {
  const Network& net = trace.net();
  TensorFile file;
  add_if_any(file, "input", *trace.problem().input);
  for (int i = 0; i < net.layer_count(); ++i) {
    const Parameters::Pair& pair = trace.problem().parameters->layers[static_cast<std::size_t>(i)];
    add_if_any(file, net.layer(i).name + ".weight", pair.w);
    add_if_any(file, net.layer(i).name + ".bias", pair.b);
    add_if_any(file, net.layer(i).name + ".y", trace.record(i).y);
  }
  if (net.loss()) {
    add_if_any(file, "loss.p", trace.loss().p);
    add_if_any(file, "loss.value", trace.loss().value);
    add_if_any(file, "loss.dx", trace.loss().dx);
  }
  for (int i = net.layer_count() - 1; i >= 0; --i) {
    add_if_any(file, net.layer(i).name + ".dw", trace.record(i).dw);
    add_if_any(file, net.layer(i).name + ".db", trace.record(i).db);
    add_if_any(file, net.layer(i).name + ".dx", trace.record(i).dx);
  }
  file.metadata["hash"] = hash_text(trace.hash());
  return file;
}

std::string names_of(const TensorFile& file) {
  std::string out;
  for (const NamedTensor& named : file.tensors) out += (out.empty() ? "" : ", ") + named.name;
  return out;
}

void run_scene(const Options& options) {
  const auto trace = record_scene(load_scene(options.source));
  const TensorFile file = collect(*trace);
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  if (options.tensor.empty()) {
    save_file(options.out, write_safetensors(file));
    for (const NamedTensor& named : file.tensors) names.push_back(named.name);
  } else {
    const AnyTensor* tensor = file.find(options.tensor);
    if (!tensor) fail_usage("--tensor " + options.tensor + ": this pass has " + names_of(file));
    save_file(options.out, write_npy(*tensor));
    names.push_back(options.tensor);
  }
  if (!options.source.json) return;
  print(json_text({{"file", options.out}, {"hash", hash_text(trace->hash())}, {"tensors", std::move(names)}}));
}

}  // namespace

void add_run(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("run", "write every activation and gradient of a scene to a file");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->add_option("--out", options->out, "safetensors file to write")->required()->type_name("FILE");
  command->add_option("--tensor", options->tensor, "write this one tensor alone, as .npy")->type_name("NAME");
  command->footer(
      "The tensors: input; for each layer .weight .bias .y .dx .dw .db; loss.p loss.value loss.dx. The batch "
      "dimension\n"
      "is kept. Layouts are PyTorch's.\n\n"
      "Examples:\n"
      "  backstep run pocket --out pocket.safetensors\n"
      "  backstep run tiny-cnn --weights trained.safetensors --out pass.safetensors\n"
      "  backstep run pocket --tensor conv1.dw --out dw.npy");
  command->callback([options] { run_scene(*options); });
}

}  // namespace backstep::cli
