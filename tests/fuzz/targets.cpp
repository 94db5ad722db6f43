#include "tests/fuzz/targets.h"

#include <algorithm>

#include "engine/npy.h"
#include "engine/playlist.h"
#include "engine/safetensors.h"
#include "tests/fuzz/corpus.h"

namespace backstep::fuzz {
namespace {

using Input = std::span<const std::uint8_t>;

std::string_view text_of(Input bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string judge(const Error& error, std::initializer_list<std::string_view> families) {
  for (const std::string_view family : families) {
    if (error.code.starts_with(family) && !error.message.empty()) return "";
  }
  return "an error without a proper code or message: " + error.code + " " + error.text();
}

std::string judge_scene(const Scene& scene) {
  const std::string written = write_scene(scene);
  const auto again = parse_scene(written);
  if (!again) return "what was written is refused: " + again.error().text();
  if (write_scene(*again) != written) return "what was written reads back as another scene: " + written;
  if (scene.shapes_only) return "";
  const auto fits = check_problem(scene.problem);
  return fits ? "" : "a scene that cannot be computed: " + fits.error().text();
}

std::string check_scene(Input bytes) {
  const auto scene = parse_scene(text_of(bytes));
  return scene ? judge_scene(*scene) : judge(scene.error(), {"scene."});
}

std::string check_address(Input bytes) {
  const auto address = parse_address(text_of(bytes));
  return address ? judge_scene(address->scene) : judge(address.error(), {"scene."});
}

// Training with numbers by chance may run away, and JSON has no infinity.
bool is_finite(const Problem& problem) {
  if (!problem.parameters) return true;
  const auto all = [](const Tensor& t) {
    return std::all_of(t.data.begin(), t.data.end(), [](float v) { return v - v == 0.0F; });
  };
  return std::all_of(problem.parameters->layers.begin(), problem.parameters->layers.end(),
                     [&](const Parameters::Pair& pair) { return all(pair.w) && all(pair.b); });
}

std::string check_playlist(Input bytes) {
  const auto playlist = parse_playlist(text_of(bytes));
  if (!playlist) return judge(playlist.error(), {"scene."});
  if (!is_playlist(text_of(bytes))) return "parsed, but not taken for a playlist";
  for (std::size_t i = 0; i < playlist->stops.size(); ++i) {
    const Scene scene = stop_scene(*playlist, i);
    if (!is_finite(scene.problem)) continue;
    if (std::string wrong = judge_scene(scene); !wrong.empty()) return wrong;
  }
  return "";
}

std::string check_safetensors(Input bytes) {
  const auto file = read_safetensors(bytes);
  if (!file) return judge(file.error(), {"safetensors."});
  const auto written = write_safetensors(*file);
  const auto again = read_safetensors(written);
  if (!again) return "what was written is refused: " + again.error().text();
  return write_safetensors(*again) == written ? "" : "what was written reads back as another file";
}

std::string check_npy(Input bytes) {
  const auto tensor = read_npy(bytes);
  if (!tensor) return judge(tensor.error(), {"npy."});
  const auto written = write_npy(*tensor);
  const auto again = read_npy(written);
  if (!again) return "what was written is refused: " + again.error().text();
  return write_npy(*again) == written ? "" : "what was written reads back as another array";
}

constexpr Target kTargets[] = {{"scene", check_scene, scene_corpus},
                               {"address", check_address, address_corpus},
                               {"playlist", check_playlist, playlist_corpus},
                               {"safetensors", check_safetensors, safetensors_corpus},
                               {"npy", check_npy, npy_corpus}};

}  // namespace

std::span<const Target> targets() { return kTargets; }

std::string mutated(std::string bytes, std::uint64_t (*random)(void*), void* state) {
  constexpr std::string_view kPieces[] = {"[",  "]",    "{",   "}",     ",",     ":",          "\"",
                                          "-",  "0",    "1e9", "1e-50", "null",  "true",       "[]",
                                          "{}", "\\",   "9",   ".",     "[[0]]", "e",          "\x80",
                                          " ",  "(1,)", "'",   "{y}",   "1024",  "4294967296", "9223372036854775807"};
  const auto below = [&](std::uint64_t n) { return static_cast<std::size_t>(random(state) % n); };
  for (std::size_t left = 1 + below(3); left > 0; --left) {
    if (bytes.empty()) bytes = " ";
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
      case 0: bytes[at] = static_cast<char>(below(256)); break;
      case 1: bytes.erase(at, 1 + below(8)); break;
      case 2: bytes.insert(at, kPieces[below(std::size(kPieces))]); break;
      case 3: bytes.replace(at, 1, kPieces[below(std::size(kPieces))]); break;
      default: bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(40))); break;  // a piece of its own again
    }
  }
  return bytes;
}

}  // namespace backstep::fuzz
