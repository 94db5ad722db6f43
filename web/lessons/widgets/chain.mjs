// A chain of layers as a table, a row for each: what the layer is, its settings, what the engine has counted for it.
import { element, offer } from '../../shell/elements.mjs';

/**
 * @template {{op: string}} Layer
 * @param {object} of
 * @param {Layer[]} of.layers  changed in place
 * @param {{value: string, label: string}[]} of.ops
 * @param {string[]} of.settings  a column for each
 * @param {(layer: Layer, name: string, label: string, changed: () => void) => Node | string} of.control  what sets it
 * @param {string[]} of.counted  a column for each
 * @param {() => Layer} of.fresh  a layer that is added
 * @param {() => void} of.recount  is called after every change; the table's write() takes what came of it
 */
export function chainTable({ layers, ops, settings, control, counted, fresh, recount }) {
  const body = element('tbody');
  let cells = []; // of each row, those that hold what was counted

  function row(layer, i) {
    const op = element('select', { 'aria-label': `Layer ${i + 1}` });
    offer(op, ops);
    op.value = layer.op;
    op.addEventListener('change', () => {
      layer.op = op.value;
      draw();
    });
    const remove = element('button', { type: 'button', 'aria-label': `Remove layer ${i + 1}` }, '×');
    remove.addEventListener('click', () => {
      layers.splice(i, 1);
      draw();
    });
    cells[i] = counted.map(() => element('td', { class: 'counted' }));
    return element(
      'tr',
      {},
      element('td', {}, op),
      ...settings.map((name) => element('td', {}, control(layer, name, `${name} of layer ${i + 1}`, recount))),
      ...cells[i],
      element('td', {}, layers.length > 1 ? remove : ''),
    );
  }

  function draw() {
    cells = [];
    body.replaceChildren(...layers.map(row));
    recount();
  }

  const add = element('button', { type: 'button' }, 'Add a layer');
  add.addEventListener('click', () => {
    layers.push(fresh());
    draw();
  });
  const head = (text, kind = '') => element('th', { scope: 'col', class: kind }, text);
  const heads = [...['Layer', ...settings].map((text) => head(text)), ...counted.map((text) => head(text, 'counted'))];
  const table = element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Layers' },
    element('table', { class: 'calculator' }, element('thead', {}, element('tr', {}, ...heads, element('td'))), body),
  );
  return {
    nodes: [table, element('div', { class: 'row' }, add)],
    draw,
    /** @param {(layer: Layer, i: number) => string[]} textsOf */
    write: (textsOf) =>
      cells.forEach((row, i) => {
        const texts = textsOf(layers[i], i);
        row.forEach((cell, k) => (cell.textContent = texts[k] ?? ''));
      }),
  };
}

/** A chain starts with strides as they are usual: one, and for a pooling the window's size. */
export const startChain = (layers, start) =>
  layers.map((layer) => ({ ...start, stride: layer.op === 'conv2d' ? 1 : layer.kernel, ...layer }));

/** What the engine counts for a chain. It throws where a layer does not fit. */
export function countChain(engine, input, layers) {
  const net = engine.network({ backstep: 1, input: { shape: [1, ...input] }, layers });
  const info = net.info();
  net.dispose();
  return info;
}
