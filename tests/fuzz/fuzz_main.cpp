// One libFuzzer program for each target, the one that BACKSTEP_FUZZ_TARGET names. An empty input, where libFuzzer
// begins without a corpus of its own, becomes one of ours:
//
//   build/fuzz/tests/backstep_fuzz_scene -max_total_time=60
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/fuzz/targets.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace {

const backstep::fuzz::Target& target() {
  for (const auto& each : backstep::fuzz::targets()) {
    if (each.name == BACKSTEP_FUZZ_TARGET) return each;
  }
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong = target().check({data, size});
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
  static const std::vector<std::string> corpus = target().corpus();
  if (size > 1 && seed % 64 != 0) return LLVMFuzzerMutate(data, size, room);
  const std::string& input = corpus[seed / 64 % corpus.size()];
  if (input.size() > room) return LLVMFuzzerMutate(data, size, room);
  std::memcpy(data, input.data(), input.size());
  return input.size();
}
