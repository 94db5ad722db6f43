// The corpus of the parsers, as it is and changed at random places: under the sanitizers of the debug build a small
// fuzz test, the same changes on every machine.
#include "tests/fuzz/corpus.h"

#include "engine/npy.h"
#include "engine/playlist.h"
#include "engine/rng.h"
#include "engine/safetensors.h"
#include "tests/engine/support.h"
#include "tests/fuzz/targets.h"

using namespace backstep;

namespace {

std::string answer(const fuzz::Target& target, const std::string& input) {
  return target.check({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()});
}

std::uint64_t next(void* rng) { return static_cast<Rng*>(rng)->next(); }

}  // namespace

TEST_CASE("fuzz: the corpus begins with inputs that are taken") {
  const auto bytes = [](const std::string& text) {
    return Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(parse_scene(fuzz::scene_corpus()[i]));
    CHECK(parse_address(fuzz::address_corpus()[i]));
    CHECK(parse_playlist(fuzz::playlist_corpus()[i]));
    CHECK(read_npy(bytes(fuzz::npy_corpus()[i])));
  }
  CHECK(read_safetensors(bytes(fuzz::safetensors_corpus()[0])));
}

TEST_CASE("fuzz: each parser answers its corpus with a value or a proper error") {
  for (const fuzz::Target& target : fuzz::targets()) {
    for (const std::string& input : target.corpus()) {
      INFO(std::string(target.name), ": ", input);
      CHECK(answer(target, input) == "");
    }
  }
}

TEST_CASE("fuzz: and the corpus changed at random places") {
  Rng rng(20260728);
  for (const fuzz::Target& target : fuzz::targets()) {
    for (const std::string& input : target.corpus()) {
      for (int i = 0; i < (input.size() > 2000 ? 20 : 60); ++i) {
        std::string changed = fuzz::mutated(input, next, &rng);
        if (i % 4 == 0) changed = fuzz::mutated(std::move(changed), next, &rng);
        INFO(std::string(target.name), ": ", changed);
        CHECK(answer(target, changed) == "");
      }
    }
  }
}
