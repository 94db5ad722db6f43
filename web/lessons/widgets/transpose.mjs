// The matrix of a convolution and its transpose, read off the terms that the engine adds for each output.
import { element } from '../../shell/elements.mjs';
import { cellParts, choice, letter, number } from './parts.mjs';

/** Entry (i, m) of T: the weight by which output i multiplies input m, or nothing. */
function matrixOf(net, outputs, inputs) {
  const rows = Array.from({ length: outputs }, () => Array(inputs).fill(null));
  for (let i = 0; i < outputs; i++) {
    for (const { a, b } of net.explain(`conv1.y[0,0,${i}]`).terms) {
      if (!b) continue; // the bias
      const [x, w] = a.cell.startsWith('input') ? [a, b] : [b, a];
      const p = cellParts(w.cell).index.at(-1);
      rows[i][cellParts(x.cell).index.at(-1)] = { letter: letter(p), p, value: w.value };
    }
  }
  return rows;
}

const transposed = (rows) => rows[0].map((_, m) => rows.map((row) => row[m]));

function table(name, rows, [left, vector], [right, result]) {
  const entry = (cell) =>
    cell
      ? element('td', { class: `letter-${cell.p % 3}` }, element('small', {}, cell.letter), number(cell.value))
      : element('td', { class: 'nothing' }, '·');
  const column = (values, i, attributes) =>
    i < values.length ? element('th', attributes, number(values[i])) : element('td');
  return element(
    'table',
    { class: 'matrix' },
    element('caption', {}, `${right} = ${name} ${left}`),
    ...Array.from({ length: Math.max(rows.length, vector.length) }, (_, i) =>
      element(
        'tr',
        {},
        column(result, i, { scope: 'row' }),
        element('td', { class: 'sign' }, i === 0 ? '=' : ''),
        ...(rows[i] ?? Array(rows[0].length).fill(undefined)).map((cell) =>
          cell === undefined ? element('td', { class: 'none' }) : entry(cell),
        ),
        element('td', { class: 'sign' }, i === 0 ? '·' : ''),
        column(vector, i, {}),
      ),
    ),
  );
}

export function fill(place, { scene }, { engine }) {
  const net = engine.network(scene);
  const read = (name) => [...net.tensor(name)];
  const [x, y, dy, dx] = [read('input'), read('conv1.y'), read('dy'), read('conv1.dx')];
  const rows = matrixOf(net, y.length, x.length);
  const holder = element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Matrix' });
  const { group, set } = choice('Which way', ['Forward: T', 'Back: T transposed'], (index) =>
    holder.replaceChildren(
      index === 0 ? table('T', rows, ['X', x], ['Y', y]) : table('Tᵀ', transposed(rows), ['∂L/∂Y', dy], ['∂L/∂X', dx]),
    ),
  );
  set(0);
  place.replaceChildren(group, holder);
}
