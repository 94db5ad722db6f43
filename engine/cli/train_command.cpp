#include <array>
#include <charconv>
#include <memory>

#include "../trainer.h"
#include "../weights.h"
#include "command_error.h"
#include "commands.h"
#include "json_text.h"
#include "output_file.h"
#include "progress.h"
#include "scene_source.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  TrainingPlan plan;
  std::string save;
};

std::string accuracy_text(double value) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

// "loss 0.7158"
std::string loss_text(double value) {
  std::array<char, 32> buffer;
  return "loss " +
         std::string(
             buffer.data(),
             std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 4).ptr);
}

Parameters start_of(const Scene& scene, const Options& options) {
  if (!options.source.weights.empty()) return *scene.problem.parameters;
  const Initialisation rule = scene.seed ? scene.seed->rule : Initialisation::he;
  return initial_parameters(*scene.problem.net, options.plan.seed, rule);
}

void train_scene(const Options& options) {
  const std::string& name = options.source.name;
  const TrainingPlan& plan = options.plan;
  const Scene scene = load_scene(options.source);
  if (!options.save.empty()) check_output(options.save);
  if (scene.shapes_only) fail(name + ": this scene has shapes only: it can be counted (info), not trained");
  const Network& net = *scene.problem.net;
  Trainer trainer = value_or_fail(Trainer::make(net, start_of(scene, options), plan.batch, plan.seed), name);
  const DatasetSplit data =
      value_or_fail(draw_dataset(net.input(), net.output()[1], plan.train_count, plan.test_count, kDatasetSeed), name);

  nlohmann::ordered_json epochs = nlohmann::ordered_json::array();
  std::string lines;
  Progress progress("train " + name, plan.epochs);
  for (std::int64_t epoch = 1; epoch <= plan.epochs; ++epoch) {
    const double loss = trainer.epoch(data.train);
    epochs.push_back({{"epoch", epoch}, {"loss", loss}});
    lines += "epoch " + std::to_string(epoch) + " " + loss_text(loss) + '\n';
    progress.set(epoch, loss_text(loss));
  }
  progress.finish();
  const Evaluation evaluation = value_or_fail(evaluate(net, trainer.parameters(), data.test), name);
  const std::string hash = hash_text(parameters_hash(trainer.parameters()));
  if (!options.save.empty()) save_file(options.save, write_weights(net, trainer.parameters()));
  if (options.source.json) {
    print(json_text(
        {{"epochs", std::move(epochs)}, {"accuracy", evaluation.accuracy}, {"hash", hash}, {"file", options.save}}));
  } else {
    print(lines + "accuracy " + accuracy_text(evaluation.accuracy) + " hash " + hash + '\n');
  }
}

}  // namespace

void add_train(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("train", "train a classifier on the data set that is drawn by code");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->get_option("--weights")->description("start from this safetensors file instead of the seed");
  command->add_option("--epochs", options->plan.epochs, "passes over the training samples")
      ->capture_default_str()
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1000000}).description("0 to 1000000"));
  command->add_option("--seed", options->plan.seed, "gives the first weights and the order of the samples")
      ->capture_default_str()
      ->type_name("S")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return text.find('-') == std::string::npos ? "" : "a seed is a whole number from 0";
          },
          "S >= 0"));
  command->add_option("--save", options->save, "safetensors file for the trained weights")->type_name("FILE");
  command->footer(
      "Circles, squares, triangles and crosses; 1200 to train on, 400 to test with, in batches of 20, by the scene's "
      "own\n"
      "optimizer. The same scene and seed give the same weights on every machine. The last line says the share of "
      "test\n"
      "samples that are classified rightly, and the hash of the weights.\n\n"
      "Examples:\n"
      "  backstep train tiny-cnn --epochs 10 --seed 7 --save trained.safetensors\n"
      "  backstep hash tiny-cnn --weights trained.safetensors");
  command->callback([options] { train_scene(*options); });
}

}  // namespace backstep::cli
