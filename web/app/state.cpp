#include "web/app/state.h"

#include <algorithm>

#include "engine/explain.h"

namespace backstep::app {

std::int64_t Model::terms() const { return trace ? term_count(*trace, step()) : 0; }

std::int64_t Model::term() const { return cursor().term < 0 ? terms() : cursor().term; }

std::int64_t Model::known(int layer, Slot slot) const {
  if (!trace) return 0;
  const Block* block = trace->steps().producer(layer, slot);
  if (!block) {
    const Tensor* given = trace->tensor(layer, slot);
    return given ? given->count() : 0;
  }
  const bool finished = cursor().grain != Grain::product || term() == terms();
  return std::clamp<std::int64_t>(step() - block->first + (finished ? 1 : 0), 0, block->count);
}

bool Model::covered(int layer, Slot slot, std::int64_t index) const {
  if (state.scene.covers.empty() || !trace) return false;
  const Block* block = trace->steps().producer(layer, slot);
  if (!block) return false;
  const std::string tensor = trace->steps().tensor_name(*block);
  const std::string cell = trace->steps().name(block->first + index);
  const auto& seen = state.revealed;
  if (std::find(seen.begin(), seen.end(), cell) != seen.end()) return false;
  return std::any_of(state.scene.covers.begin(), state.scene.covers.end(),
                     [&](const std::string& cover) { return cover == tensor || cover == cell; });
}

}  // namespace backstep::app
