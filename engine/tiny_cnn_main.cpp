// Writes engine/presets/tiny-cnn.json anew:
//   cmake --build --preset native-release --target backstep_tiny_cnn
//   build/native/engine/backstep_tiny_cnn > engine/presets/tiny-cnn.json
// A test trains it too and compares, so the file cannot drift from the code.
#include <cstdio>

#include "tiny_cnn.h"

int main() {
  const auto scene = backstep::make_tiny_cnn();
  if (!scene) {
    std::fprintf(stderr, "%s\n", scene.error().text().c_str());
    return 1;
  }
  const std::string text = backstep::write_scene(*scene, backstep::SceneLayout::lines);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
