// Medians and quantiles of blocks that were timed side by side.

export const sorted = (values) => [...values].sort((a, b) => a - b);

/** @param {number} share  0.5 is the median */
export function quantile(values, share) {
  const order = sorted(values);
  const at = (order.length - 1) * share;
  const low = Math.floor(at);
  return order[low] + (order[Math.min(low + 1, order.length - 1)] - order[low]) * (at - low);
}
export const median = (values) => quantile(values, 0.5);

/** A block whose probe took longer than this, over the best probe of all, had to share its core. */
export const MOST_CONTENTION = 1.2;
const FEWEST = 3;

/** The blocks that had the core to themselves; the quietest ones where those are too few. */
export function quiet(blocks, bestProbe) {
  const kept = blocks.filter(({ probe }) => probe <= MOST_CONTENTION * bestProbe);
  if (kept.length >= FEWEST) return kept;
  return [...blocks].sort((a, b) => a.probe - b.probe).slice(0, FEWEST);
}

/** Blocks of one contender: `ms` is the median of the blocks' medians, `p10` that of single samples. */
export function summary(blocks, bestProbe, flops) {
  const kept = quiet(blocks, bestProbe);
  const ms = median(kept.map(({ samples }) => median(samples)));
  const p10 = quantile(
    kept.flatMap(({ samples }) => samples),
    0.1,
  );
  return { ms, p10, ...(flops ? { gflops: flops / ms / 1e6 } : {}) };
}

/** How much longer one contender takes than another, from blocks of the same round: median and p10 of the pairs. */
export function paired(slower, faster, bestProbe) {
  const pairs = faster.flatMap((block) => {
    const other = slower.find(({ round }) => round === block.round);
    if (!other) return [];
    const probe = Math.max(block.probe, other.probe);
    return [{ probe, ratio: median(other.samples) / median(block.samples) }];
  });
  const ratios = quiet(pairs, bestProbe).map(({ ratio }) => ratio);
  return { ratio: median(ratios), p10: quantile(ratios, 0.1), pairs: ratios.length };
}
