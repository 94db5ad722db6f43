// From dense to local to tied: the table of a layer's weights, one row for each output and one column for each input, and
// what is left of it. Which entries there are, and which of them are the same weight, is read off the engine's terms.
import { element } from '../../shell/elements.mjs';
import { cellParts, choice, count, shape } from './parts.mjs';

const CELL = 8;

/** For each output the weight's number by input number. */
function patternOf(net, { output }, width) {
  const [, , rows, columns] = output;
  const pattern = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const row = new Map();
      for (const { a, b } of net.explain(`conv1.y[0,${r},${c}]`).terms) {
        if (!b) continue;
        const [x, w] = a.cell.startsWith('input') ? [a, b] : [b, a];
        const [, i, j] = cellParts(x.cell).index;
        const [, , p, q] = cellParts(w.cell).index;
        row.set(i * width + j, p * 3 + q);
      }
      pattern.push(row);
    }
  }
  return pattern;
}

export function fill(place, options, { engine }) {
  const net = engine.network('pocket');
  const { input, layers } = net.info();
  const width = input.at(-1);
  const inputs = width * input.at(-2);
  const pattern = patternOf(net, layers[0], width);
  const large = engine
    .network({
      backstep: 1,
      input: { shape: [1, 3, 256, 256] },
      layers: [{ op: 'conv2d', out: 64, kernel: 3, padding: 1 }],
    })
    .info().layers[0];
  const tied = new Set(pattern.flatMap((row) => [...row.values()])).size;
  const local = pattern.reduce((sum, row) => sum + row.size, 0);
  const kinds = [
    { name: 'Dense', here: pattern.length * inputs, there: large.dense_parameters - large.outputs },
    { name: 'Local', here: local, there: large.multiply_adds },
    { name: 'Tied', here: tied, there: large.weight.reduce((product, extent) => product * extent, 1) },
  ];
  const squares = pattern.flatMap((row, r) =>
    Array.from({ length: inputs }, (_, c) => {
      const square = shape('rect', { x: c * CELL, y: r * CELL, width: CELL - 1, height: CELL - 1, rx: 1 });
      square.dataset.weight = row.get(c) ?? '';
      return square;
    }),
  );
  const picture = shape(
    'svg',
    { viewBox: `0 0 ${inputs * CELL} ${pattern.length * CELL}`, role: 'img', class: 'tied' },
    ...squares,
  );
  const here = element('strong');
  const there = element('strong');
  const said = element(
    'p',
    { class: 'said', role: 'status' },
    here,
    ' different weights here; ',
    there,
    ' for 256 × 256 pixels, 3 channels to 64.',
  );
  const { group, set } = choice(
    'Weights',
    kinds.map(({ name }) => name),
    (index) => {
      const kind = kinds[index];
      picture.dataset.kind = kind.name.toLowerCase();
      picture.setAttribute(
        'aria-label',
        `${kind.name}: ${count(kind.here)} different weights in a table of ${pattern.length} rows and ${inputs} columns`,
      );
      here.textContent = count(kind.here);
      there.textContent = count(kind.there);
    },
  );
  set(0);
  place.replaceChildren(group, picture, said);
}
