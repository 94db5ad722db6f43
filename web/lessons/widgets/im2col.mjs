// The table of windows: a column for each output, a row for each place in the kernel. Which pixel stands where is read off
// the engine's terms.
import { element } from '../../shell/elements.mjs';
import { cellParts, letter, number } from './parts.mjs';

export function fill(place, { scene }, { engine }) {
  const net = engine.network(scene);
  const { output } = net.info().layers[0];
  const columns = [];
  for (let r = 0; r < output[2]; r++) {
    for (let c = 0; c < output[3]; c++) {
      const { terms, value } = net.explain(`conv1.y[0,${r},${c}]`);
      const products = terms
        .filter(({ b }) => b)
        .map(({ a, b }) => {
          const [x, w] = a.cell.startsWith('input') ? [a, b] : [b, a];
          return { pixel: cellParts(x.cell).index.slice(-2).join(','), x: x.value, w: w.value };
        });
      columns.push({ products, value });
    }
  }
  const kernel = columns[0].products;
  const said = element(
    'p',
    { class: 'said', role: 'status' },
    'Press a number: the same pixel stands in every window that holds it.',
  );
  const cells = [];
  const cell = ({ pixel, x }) => {
    const button = element('button', { type: 'button', 'aria-label': `pixel ${pixel}, ${x}` }, number(x));
    button.dataset.pixel = pixel;
    button.addEventListener('click', () => {
      let held = 0;
      for (const other of cells) {
        const same = other.dataset.pixel === pixel;
        held += same;
        other.classList.toggle('on', same);
      }
      said.textContent = `Pixel (${pixel.replace(',', ', ')}) stands in the table ${held} ${held === 1 ? 'time' : 'times'}, on a diagonal: each window has it under another letter.`;
    });
    cells.push(button);
    return element('td', {}, button);
  };
  const rows = kernel.map(({ w }, k) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('small', {}, letter(k)), ` ${number(w)}`),
      ...columns.map(({ products }) => cell(products[k])),
    ),
  );
  const sums = element(
    'tr',
    { class: 'sums' },
    element('th', { scope: 'row' }, 'Y'),
    ...columns.map(({ value }) => element('td', {}, number(value))),
  );
  const table = element(
    'table',
    { class: 'im2col' },
    element('caption', {}, 'Kernel, as a row turned upright; windows, as columns; below, their dot products'),
    element('tbody', {}, ...rows, sums),
  );
  place.replaceChildren(
    element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Table of windows' }, table),
    said,
  );
}
