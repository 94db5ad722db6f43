// Times of single convolutions in the reader's own browser, by the engine that draws the canvas.
import { element } from '../../shell/elements.mjs';
import { count } from './parts.mjs';

const ROWS = [
  { name: '3×3, 32 to 32 channels', input: [1, 32, 56, 56], out: 32, kernel: 3, padding: 1 },
  { name: '5×5, the same', input: [1, 32, 56, 56], out: 32, kernel: 5, padding: 2 },
  { name: '1×1, the same', input: [1, 32, 56, 56], out: 32, kernel: 1 },
  { name: '3×3 depthwise, 32 channels', input: [1, 32, 56, 56], out: 32, kernel: 3, padding: 1, groups: 32 },
];
const PASSES = ['forward', 'backwardInput', 'backwardWeights'];
const RUNS = 9;
const SHORTEST = 4; // milliseconds of one run: a browser's clock is coarse

const pause = () => new Promise((done) => setTimeout(done));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Milliseconds of one call. The browser compiles well only what has been called before. */
async function time(call) {
  call();
  call();
  let calls = 1;
  for (let spent = 0; spent < SHORTEST; calls *= 2) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) call();
    spent = performance.now() - begin;
    if (spent >= SHORTEST) break;
  }
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) call();
    times.push((performance.now() - begin) / calls);
    await pause();
  }
  return median(times);
}

export function fill(place, options, { engine }) {
  const start = element('button', { type: 'button' }, 'Measure');
  const said = element('p', { class: 'said', role: 'status' }, 'A few seconds, in which the page answers slowly.');
  const lines = ROWS.map((row) => {
    const { out, kernel, input, groups = 1 } = row;
    const products = out * (input[1] / groups) * kernel ** 2 * input[2] * input[3];
    const cells = [...PASSES, 'rate'].map(() => element('td', { class: 'counted' }, '–'));
    const line = element(
      'tr',
      {},
      element('th', { scope: 'row' }, row.name),
      element('td', { class: 'counted' }, count(products)),
      ...cells,
    );
    return { row, products, cells, line };
  });
  const heads = ['Layer, 56 by 56', 'products', 'Y, ms', '∂L/∂X, ms', '∂L/∂K, ms', 'forward, 10⁹/s'];
  start.addEventListener('click', async () => {
    start.disabled = true;
    for (const { row, products, cells } of lines) {
      const { name, ...layer } = row;
      said.textContent = `Measuring ${name} …`;
      await pause();
      const convolution = engine.conv2d(layer);
      for (const [i, pass] of PASSES.entries()) {
        const milliseconds = await time(() => convolution[pass]());
        cells[i].textContent = milliseconds.toFixed(milliseconds < 1 ? 3 : 2);
        if (i === 0) cells[3].textContent = (products / milliseconds / 1e6).toFixed(1);
      }
      convolution.dispose();
    }
    said.textContent = 'Measured here, just now. Again, and they will differ a little.';
    start.disabled = false;
  });
  place.replaceChildren(
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Times' },
      element(
        'table',
        { class: 'calculator' },
        element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)))),
        element('tbody', {}, ...lines.map(({ line }) => line)),
      ),
    ),
    element('div', { class: 'row' }, start),
    said,
  );
}
