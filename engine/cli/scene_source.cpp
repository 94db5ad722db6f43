#include "scene_source.h"

#include <algorithm>
#include <cstdio>

#include "../npy.h"
#include "../weights.h"
#include "command_error.h"
#include "files.h"

namespace backstep::cli {
namespace {

bool is_preset(const std::string& name) {
  const auto all = presets();
  return std::any_of(all.begin(), all.end(), [&](const PresetInfo& preset) { return preset.name == name; });
}

std::string preset_names() {
  std::string out;
  for (const PresetInfo& preset : presets()) out += (out.empty() ? "" : ", ") + std::string(preset.name);
  return out;
}

Result<std::vector<std::uint8_t>> read_document(const std::string& name) {
  return name == "-" ? read_stdin(kMaxSceneBytes) : read_file(name, kMaxSceneBytes);
}

std::vector<std::uint8_t> read_numbers(const std::string& path, const Scene& scene) {
  if (scene.shapes_only) fail(path + ": this scene has shapes only and takes no numbers");
  auto bytes = read_file(path, kMaxFileBytes);
  if (!bytes && bytes.error().code == "file.missing") fail_usage(bytes.error().text());
  if (!bytes) fail(bytes.error().text());
  return std::move(*bytes);
}

void load_weights(const std::string& path, Scene& scene) {
  const auto bytes = read_numbers(path, scene);
  auto parameters = value_or_fail(read_weights(bytes, *scene.problem.net), path);
  scene.problem.parameters = std::make_shared<Parameters>(std::move(parameters));
}

void load_input(const std::string& path, Scene& scene) {
  const auto bytes = read_numbers(path, scene);
  AnyTensor read = value_or_fail(read_npy(bytes), path);
  const Shape& wanted = scene.problem.net->input();
  Tensor* input = std::get_if<Tensor>(&read);
  if (!input) fail(path + ": expected float32 numbers, found int32");
  if (!(input->shape == wanted)) fail(path + ": expected shape " + wanted.text() + ", found " + input->shape.text());
  scene.problem.input = std::make_shared<const Tensor>(std::move(*input));
}

}  // namespace

void add_scene_options(CLI::App& command, SceneSource& source) {
  command.add_option("SCENE", source.name, "name of a preset (see info --list), path of a .json file, or - for stdin")
      ->required();
  command.add_option("--weights", source.weights, "parameters from this safetensors file instead of the scene's own")
      ->type_name("FILE");
  command.add_option("--input", source.input, "input from this .npy file (float32) instead of the scene's own")
      ->type_name("FILE");
  command.add_flag("--json", source.json, "print JSON");
}

Scene load_scene(const SceneSource& source) {
  Scene scene;
  if (is_preset(source.name)) {
    scene = value_or_fail(preset_scene(source.name), source.name);
  } else {
    const auto bytes = read_document(source.name);
    if (!bytes && bytes.error().code == "file.missing") {
      fail_usage(source.name + ": neither a file nor a preset; the presets are " + preset_names());
    }
    if (!bytes) fail(bytes.error().text());
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    scene = value_or_fail(parse_scene(text), source.name == "-" ? "stdin" : source.name);
  }
  if (!source.weights.empty()) load_weights(source.weights, scene);
  if (!source.input.empty()) load_input(source.input, scene);
  return scene;
}

void check_recordable(const Scene& scene) {
  if (scene.shapes_only) fail("this scene has shapes only: it can be counted (info), not run");
  if (auto ok = check_problem(scene.problem); !ok) fail(ok.error().text());
}

std::shared_ptr<const Trace> record_scene(const Scene& scene) {
  check_recordable(scene);
  return record(scene.problem);
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    fail("standard output cannot be written");
  }
}

}  // namespace backstep::cli
