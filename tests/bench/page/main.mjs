// Runs in the page: sets up one piece of work at a time, checks every contender's result, and times blocks of calls.
// bench.mjs in node decides what is timed when.
import * as convnet from './convnet.mjs';
import * as engine from './engine.mjs';
import { distance, reference, tensors } from './numbers.mjs';
import * as ort from './ort.mjs';
import * as tfjs from './tfjs.mjs';
import { tiny } from './tiny.mjs';

/** Wrong beyond what float32 sums in any order differ by. */
const MOST_DISTANCE = 1e-4;
const MOST_LOSS_DISTANCE = 1e-3;

let ceiling;
let contenders = {};
let dispose = () => {};

/** A contender does not take part, or its numbers are wrong: it is named with the reason. */
function refuse(refused, name, reason) {
  refused[name] = String(reason?.message ?? reason).split('\n')[0];
  delete contenders[name];
}

async function setUpRow(row, sitOut) {
  const numbers = tensors(row);
  const wanted = reference(row, numbers);
  const { dispose: disposeEngine, ...own } = engine.contenders(row, numbers);
  const peers = [await tfjs.contenders(row, numbers), await ort.contenders(row, numbers)];
  dispose = () => [disposeEngine, ...peers.map((peer) => peer.dispose)].forEach((free) => free());
  contenders = Object.assign({}, own, ...peers.map(({ found }) => found));
  const refused = {};
  for (const name of sitOut) delete contenders[name];
  for (const [name, contender] of Object.entries(contenders)) {
    try {
      await contender.prepare?.();
      const off = distance(await contender.result(), wanted);
      if (!(off <= MOST_DISTANCE)) refuse(refused, name, `its result is off by ${off}`);
    } catch (error) {
      refuse(refused, name, error);
    }
  }
  return refused;
}

async function setUpTiny({ batch }, sitOut) {
  const net = tiny(batch);
  const own = engine.tinyStep(net);
  contenders = {
    engine: own,
    convnetjs: convnet.tinyStep(net),
    'tfjs-wasm-rewrite': await tfjs.tinyStep('wasm', net),
    'tfjs-cpu': await tfjs.tinyStep('cpu', net),
  };
  dispose = () => {
    own.dispose();
    tfjs.takeApart();
  };
  const refused = {};
  for (const name of sitOut) delete contenders[name];
  const wanted = [0, 1, 2].map(() => own.loss());
  for (const [name, contender] of Object.entries(contenders)) {
    if (name === 'engine') continue;
    await contender.prepare?.();
    const losses = [0, 1, 2].map(() => contender.loss());
    const off = distance(losses, wanted);
    if (!(off <= MOST_LOSS_DISTANCE)) refuse(refused, name, `its losses are ${losses}, not ${wanted}`);
  }
  return refused;
}

const works = {
  row: setUpRow,
  tiny: setUpTiny,
  async daily() {
    contenders = Object.fromEntries(Object.entries(engine.daily()).map(([name, run]) => [name, { run }]));
    return {};
  },
};

const floor = 1e-4; // milliseconds, for calls that are shorter than a step of the clock
const shortest = 0.3; // milliseconds of one sample: many steps of the clock

/** Separate calls until the browser has compiled what is called for speed: JavaScript and WebAssembly both begin slowly. */
async function warmUp({ run, prepare, asynchronous }) {
  const enough = { calls: 20, ms: 300 };
  const most = { calls: 2, ms: 1500 };
  await prepare?.();
  const started = performance.now();
  const done = (calls, { calls: least, ms }) => calls >= least && performance.now() - started >= ms;
  for (let calls = 0; !done(calls, enough) && !done(calls, most); calls++) {
    if (asynchronous) await run();
    else run();
  }
}

/**
 * Calls for about `ms` milliseconds; a sample is the mean of as many calls as the clock needs. Two calls bring numbers
 * into the caches; where one fills the block by itself it is the sample.
 */
async function block({ run, prepare, asynchronous }, ms) {
  await prepare?.();
  const samples = [];
  const started = performance.now();
  let calls = 1;
  for (let warm = 0; warm < 2; warm++) {
    const before = performance.now();
    if (asynchronous) await run();
    else run();
    const spent = performance.now() - before;
    if (spent > ms) return [spent];
    calls = Math.max(1, Math.ceil(shortest / Math.max(spent, floor)));
  }
  do {
    const before = performance.now();
    if (asynchronous) for (let i = 0; i < calls; i++) await run();
    else for (let i = 0; i < calls; i++) run();
    const spent = performance.now() - before;
    samples.push(spent / calls);
    if (spent < shortest / 2) calls *= 2; // the warm-up was slower than what came after
  } while (performance.now() - started < ms);
  return samples;
}

const TILE = { rows: 5, lanes: 8, depth: 256, runs: 60 };
const tileFlops = 2 * TILE.rows * TILE.lanes * TILE.depth * TILE.runs;

/**
 * A fixed amount of arithmetic in registers and the nearest cache, some milliseconds of it: slow when somebody else has
 * the core, or the other half of it.
 */
function probe() {
  const times = Array.from({ length: 7 }, () => {
    const before = performance.now();
    for (let i = 0; i < 10; i++) ceiling.tile(TILE.runs, TILE.depth);
    return performance.now() - before;
  });
  return times.sort((a, b) => a - b)[4];
}

globalThis.bench = {
  async start() {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/ceiling.wasm'));
    ceiling = instance.exports;
    ceiling._initialize?.();
    for (let warm = 0; warm < 50; warm++) probe();
    await engine.start();
    await tfjs.start();
    await ort.start();
    return { agent: navigator.userAgent, isolated: crossOriginIsolated };
  },
  /**
   * @param {object} what  the work, and the names of contenders that sit out
   * @returns the contenders, and those that do not take part with the reason
   */
  async setUp({ work, sitOut }) {
    dispose();
    contenders = {};
    dispose = () => {};
    const { kind } = work;
    const refused = await works[kind](work, new Set(sitOut));
    if (kind !== 'daily') contenders.ceiling = { run: () => ceiling.tile(TILE.runs, TILE.depth) };
    return { names: Object.keys(contenders), refused, tileFlops };
  },
  warmUp: (name) => warmUp(contenders[name]),
  async block(name, ms) {
    const before = probe();
    const samples = await block(contenders[name], ms);
    return { samples, probe: Math.max(before, probe()) };
  },
};
