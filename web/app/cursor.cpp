#include "web/app/cursor.h"

#include "engine/explain.h"

namespace backstep::app {
namespace {

constexpr std::int64_t kAllTerms = -1;

// One product forward or back: the terms 0 … K of a step, then the next step's.
Cursor product_moved(const Trace& trace, Cursor c, int direction) {
  const std::int64_t K = term_count(trace, c.step);
  const std::int64_t term = c.term < 0 ? K : c.term;
  if (direction > 0) {
    if (term < K) return {c.step, term + 1, c.grain};
    return c.step + 1 < trace.size() ? Cursor{c.step + 1, 0, c.grain} : Cursor{c.step, K, c.grain};
  }
  if (term > 0) return {c.step, term - 1, c.grain};
  return c.step > 0 ? Cursor{c.step - 1, term_count(trace, c.step - 1), c.grain} : Cursor{0, 0, c.grain};
}

Cursor group_moved(const Trace& trace, const Cursor& c, int direction) {
  const StepIndex::Range group = trace.steps().group(c.step, c.grain);
  const std::int64_t step = direction > 0 ? group.last + 1 : group.first - 1;
  if (step < 0 || step >= trace.size()) return c;
  return placed(trace, step, kAllTerms, c.grain);
}

}  // namespace

Cursor placed(const Trace& trace, std::int64_t step, std::int64_t term, Grain grain) {
  if (grain == Grain::product) return {step, term < 0 ? term_count(trace, step) : term, grain};
  return {trace.steps().group(step, grain).last, kAllTerms, grain};
}

Cursor moved(const Trace& trace, const Cursor& from, int by) {
  Cursor c = from;
  for (int left = by < 0 ? -by : by; left > 0; --left) {
    const int direction = by < 0 ? -1 : 1;
    c = c.grain == Grain::product ? product_moved(trace, c, direction) : group_moved(trace, c, direction);
  }
  return c;
}

Cursor moved_by_layer(const Trace& trace, const Cursor& from, int by) {
  const StepIndex::Range layer = trace.steps().group(from.step, Grain::layer);
  // Coarser groups may hold several blocks; those of one layer and phase are neighbours, so the range is one piece.
  std::int64_t step = layer.first;
  if (by > 0) {
    if (layer.last + 1 >= trace.size()) return from;
    step = layer.last + 1;
  } else {
    const Cursor first = placed(trace, layer.first, from.grain == Grain::product ? 0 : kAllTerms, from.grain);
    const bool at_first =
        first == placed(trace, from.step, from.grain == Grain::product ? from.term : kAllTerms, from.grain);
    if (at_first && layer.first > 0) step = trace.steps().group(layer.first - 1, Grain::layer).first;
  }
  return placed(trace, step, from.grain == Grain::product ? 0 : kAllTerms, from.grain);
}

Cursor at_end(const Trace& trace, Grain grain, bool last) {
  if (last) return placed(trace, trace.size() - 1, kAllTerms, grain);
  return placed(trace, 0, grain == Grain::product ? 0 : kAllTerms, grain);
}

Cursor at_grain(const Trace& trace, const Cursor& from, Grain grain) {
  return placed(trace, from.step, kAllTerms, grain);
}

Cursor carried_over(const Trace& before, const Trace& after, const Cursor& from) {
  const std::int64_t term = from.grain == Grain::product ? from.term : kAllTerms;
  const auto same = after.steps().parse(before.steps().name(from.step));
  const auto fitting = [&](std::int64_t step) {
    const std::int64_t K = term_count(after, step);
    return placed(after, step, term > K ? kAllTerms : term, from.grain);
  };
  if (same) return fitting(*same);
  const Block& old_block = before.steps().block_of(from.step);
  const std::string_view layer = before.net().name_of(old_block.layer);
  for (const Block& block : after.steps().blocks()) {
    if (block.phase == old_block.phase && after.net().name_of(block.layer) == layer) {
      return placed(after, block.first, kAllTerms, from.grain);
    }
  }
  return placed(after, 0, kAllTerms, from.grain);
}

}  // namespace backstep::app
