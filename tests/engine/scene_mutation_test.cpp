// Documents cut off or damaged at random: the parser must answer each with a scene or an error, and a scene that it
// takes must read back as it is. Under the sanitizers of the debug build this is a small fuzz test.
#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

void check_answer(const std::string& document) {
  const auto scene = parse_scene(document);
  if (scene) {
    const auto again = parse_scene(write_scene(*scene));
    REQUIRE_MESSAGE(again, document);
    CHECK_MESSAGE(same_scene(*scene, *again), document);
    return;
  }
  CHECK_MESSAGE(scene.error().code.starts_with("scene."), document);
  CHECK_MESSAGE(!scene.error().message.empty(), document);
}

std::string mutated(Rng& rng, std::string document) {
  constexpr std::string_view kPieces[] = {
      "[",     "]",    "{",    "}",  ",",  ":",  "\"", "-", "0",     "1e9",
      "1e-50", "null", "true", "[]", "{}", "\\", "9",  ".", "[[0]]", "\"op\":\"relu\",",
      "e",     "\x80", " "};
  const std::int64_t changes = 1 + rng.below(3);
  for (std::int64_t i = 0; i < changes; ++i) {
    const auto at = static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(document.size())));
    const std::string_view piece = kPieces[rng.below(std::size(kPieces))];
    switch (rng.below(4)) {
      case 0: document[at] = static_cast<char>(rng.below(256)); break;
      case 1: document.erase(at, static_cast<std::size_t>(1 + rng.below(8))); break;
      case 2: document.insert(at, piece); break;
      default: document.replace(at, 1, piece); break;
    }
    if (document.empty()) document = " ";
  }
  return document;
}

}  // namespace

TEST_CASE("scene: a document cut off anywhere is refused") {
  for (const PresetInfo& preset : presets()) {
    const auto scene = preset_scene(preset.name);
    REQUIRE(scene);
    const std::string whole = write_scene(*scene);
    // Every byte of the small ones; a few hundred places of the large one, each length modulo a prime.
    const std::size_t stride = whole.size() > 3000 ? 17 : 1;
    for (std::size_t length = 0; length < whole.size(); length += stride) {
      const auto cut = parse_scene(std::string_view(whole).substr(0, length));
      REQUIRE_FALSE(cut);
      CHECK(cut.error().code == "scene.json");
    }
  }
}

TEST_CASE("scene: damaged documents never do worse than an error") {
  Rng rng(2024);
  int taken = 0;
  for (const PresetInfo& preset : presets()) {
    const auto scene = preset_scene(preset.name);
    REQUIRE(scene);
    const std::string whole = write_scene(*scene);
    for (int i = 0; i < (whole.size() > 3000 ? 100 : 400); ++i) {
      const std::string document = mutated(rng, whole);
      check_answer(document);
      taken += parse_scene(document) ? 1 : 0;
    }
  }
  CHECK(taken > 50);  // some changes only change a number
}
