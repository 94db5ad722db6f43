// What must not allocate: recording the same network again, and training, after the first time. The program's operator
// new is replaced by one that counts.
#include <cstdlib>
#include <new>

#include "engine/live_network.h"
#include "tests/engine/nets.h"

namespace {

std::int64_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  void* const memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) std::abort();
  return memory;
}
// std::stable_sort asks for its buffer this way: left to the library, a sanitizer sees two allocators at odds.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size > 0 ? size : 1);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace backstep;
using namespace backstep::test;

TEST_CASE("allocations: recording the preset tiny-cnn again takes none") {
  const auto scene = preset_scene("tiny-cnn");
  REQUIRE(scene);
  Problem problem = scene->problem;
  Problem other = problem;
  other.input = std::make_shared<const Tensor>(problem.input->shape, std::vector<float>(problem.input->data.size()));
  for (const Isa isa : available_isas().subspan(1)) {
    INFO(std::string(isa_name(isa)));
    auto trace = std::const_pointer_cast<Trace>(record(problem, isa));
    CHECK(allocations > 0);
    for (const Problem& next : {other, problem}) {
      const std::int64_t before = allocations;
      trace = std::const_pointer_cast<Trace>(record(next, isa, std::move(trace)));
      CHECK(allocations == before);
    }
  }
}

TEST_CASE("allocations: a training step takes none") {
  auto scene = preset_scene("tiny-cnn");
  REQUIRE(scene);
  for (const std::int64_t batch : {1, 8}) {
    auto network = LiveNetwork::make(*scene, batch);
    REQUIRE(network);
    REQUIRE(network->train(2));
    const std::int64_t before = allocations;
    const auto loss = network->train(5);
    CHECK(allocations == before);
    CHECK(loss);
  }
}
