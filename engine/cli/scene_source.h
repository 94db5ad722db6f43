// SCENE, --weights and --input, the same on every command that works on a scene.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "../scene.h"

namespace backstep::cli {

struct SceneSource {
  std::string name;     // of a preset, a path, or "-" for standard input
  std::string weights;  // a safetensors file, or empty
  std::string input;    // a .npy file, or empty
  bool json = false;
};

// Adds SCENE, --weights, --input and --json to a command.
void add_scene_options(CLI::App& command, SceneSource& source);

// Throws CommandError: usage for what does not exist, failed for a document that is not a scene.
Scene load_scene(const SceneSource& source);

// Throws CommandError for a scene that has shapes only or cannot be computed.
void check_recordable(const Scene& scene);

// The trace of a scene, which must hold numbers.
std::shared_ptr<const Trace> record_scene(const Scene& scene);

// Standard output, all of it; throws CommandError where it cannot be written.
void print(const std::string& text);

}  // namespace backstep::cli
