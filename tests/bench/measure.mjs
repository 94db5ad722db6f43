// Times pieces of work in rounds: in each round every contender has one block, one after the other, so that whatever
// else the machine does meets all of them alike.
import { median } from './statistics.mjs';

const SLOW = 20; // so many times the engine's time: such a contender sits out after a few rounds
const ROUNDS_OF_SLOW = 3;

/**
 * @param {import('puppeteer-core').Page} page  of page/index.html
 * @param {object} work  for bench.setUp
 * @param {{rounds: number, ms: number, firstRound: number, sitOut?: string[]}} how
 * @returns {Promise<{blocks: Record<string, {samples: number[], probe: number, round: number}[]>, refused: Record<string, string>, tileFlops: number}>}
 */
export async function measure(page, work, { rounds, ms, firstRound, sitOut = [] }) {
  const { names, refused, tileFlops } = await page.evaluate((what) => globalThis.bench.setUp(what), { work, sitOut });
  const blocks = Object.fromEntries(names.map((name) => [name, []]));
  const run = (name) => page.evaluate((who, long) => globalThis.bench.block(who, long), name, ms);
  for (const name of names) await page.evaluate((who) => globalThis.bench.warmUp(who), name);
  for (let round = firstRound; round < firstRound + rounds; round++) {
    for (const name of names) {
      if (!isSlow(name, blocks)) blocks[name].push({ ...(await run(name)), round });
    }
  }
  return { blocks, refused, tileFlops };
}

const typical = (blocks) => median(blocks.map(({ samples }) => median(samples)));
const isMuchSlower = (blocks, engine) => Boolean(engine?.length) && typical(blocks) > SLOW * typical(engine);
const isSlow = (name, blocks) => blocks[name].length >= ROUNDS_OF_SLOW && isMuchSlower(blocks[name], blocks.engine);

/** Peers that have been timed enough. */
export const slowOnes = (blocks) => Object.keys(blocks).filter((name) => name !== 'ceiling' && isSlow(name, blocks));

/** Adds the blocks of another pass over the same work. */
export function addBlocks(all, blocks) {
  for (const [name, more] of Object.entries(blocks)) (all[name] ??= []).push(...more);
  return all;
}
