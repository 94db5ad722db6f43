// Any chain of layers, counted by the engine: shapes, parameters, multiply-adds, receptive field, and what a stride leaves.
import { element, offer } from '../../shell/elements.mjs';
import { count } from './parts.mjs';

const OPS = [
  { value: 'conv2d', label: 'convolution', fields: ['out', 'kernel', 'stride', 'padding', 'dilation'] },
  { value: 'max_pool2d', label: 'max pooling', fields: ['kernel', 'stride', 'padding'] },
  { value: 'avg_pool2d', label: 'average pooling', fields: ['kernel', 'stride', 'padding'] },
  { value: 'relu', label: 'ReLU', fields: [] },
  { value: 'global_avg_pool2d', label: 'global average', fields: [] },
  { value: 'flatten', label: 'flatten', fields: [] },
  { value: 'dense', label: 'dense', fields: ['out'] },
];
const FIELDS = ['out', 'kernel', 'stride', 'padding', 'dilation'];
const START = { out: 64, kernel: 3, stride: 1, padding: 0, dilation: 1 };
const fieldsOf = (op) => OPS.find(({ value }) => value === op).fields;

/** What of a layer goes into the scene. */
const documentOf = (layer) =>
  Object.fromEntries([['op', layer.op], ...fieldsOf(layer.op).map((name) => [name, layer[name]])]);

/** Rows that no window reaches, of the padded input. */
function leftover(layer, before) {
  const fields = fieldsOf(layer.op);
  if (!fields.includes('stride') || before.length !== 3) return '';
  const { kernel, stride, padding, dilation = 1 } = { ...START, ...layer };
  const reach = (layer.op === 'conv2d' ? dilation : 1) * (kernel - 1) + 1;
  return [before[1], before[2]].map((extent) => (extent + 2 * padding - reach) % stride).join(' × ');
}

const field = (label, value, change) => {
  const input = element('input', { type: 'text', inputmode: 'numeric', size: 4, value, 'aria-label': label });
  input.addEventListener('input', () => change(/^\d+$/.test(input.value) ? Number(input.value) : input.value));
  return input;
};

export function fill(place, options, { engine }) {
  const input = [...options.input];
  const layers = options.layers.map((layer) => ({
    ...START,
    stride: layer.op === 'conv2d' ? 1 : layer.kernel,
    ...layer,
  }));
  const body = element('tbody');
  const said = element('p', { class: 'said', role: 'status' });

  const outputs = new Map(); // the cells of each row that hold what was counted
  function recount() {
    let info;
    try {
      const net = engine.network({ backstep: 1, input: { shape: [1, ...input] }, layers: layers.map(documentOf) });
      info = net.info();
      net.dispose();
    } catch (error) {
      said.textContent = `${error.where ? `${error.where}: ` : ''}${error.message}`;
      said.dataset.state = 'wrong';
      for (const cells of outputs.values()) cells.forEach((cell) => (cell.textContent = ''));
      return;
    }
    delete said.dataset.state;
    said.textContent = `${count(info.total.parameters)} parameters, ${count(info.total.multiply_adds)} multiply-adds in all.`;
    layers.forEach((layer, i) => {
      const counted = info.layers[i];
      const before = i ? info.layers[i - 1].output : input;
      const texts = [
        counted.output.slice(1).map(count).join(' × '),
        leftover(layer, before.slice(-3)),
        count(counted.parameters),
        count(counted.multiply_adds),
        counted.whole ? 'all' : count(counted.receptive_field[0]),
      ];
      outputs.get(layer).forEach((cell, k) => (cell.textContent = texts[k]));
    });
  }

  function row(layer, i) {
    const op = element('select', { 'aria-label': `Layer ${i + 1}` });
    offer(op, OPS);
    op.value = layer.op;
    op.addEventListener('change', () => {
      layer.op = op.value;
      draw();
    });
    const settings = FIELDS.map((name) =>
      element(
        'td',
        {},
        fieldsOf(layer.op).includes(name)
          ? field(`${name} of layer ${i + 1}`, layer[name], (value) => {
              layer[name] = value;
              recount();
            })
          : '',
      ),
    );
    const cells = Array.from({ length: 5 }, () => element('td', { class: 'counted' }));
    outputs.set(layer, cells);
    const remove = element('button', { type: 'button', 'aria-label': `Remove layer ${i + 1}` }, '×');
    remove.addEventListener('click', () => {
      layers.splice(i, 1);
      draw();
    });
    return element(
      'tr',
      {},
      element('td', {}, op),
      ...settings,
      ...cells,
      element('td', {}, layers.length > 1 ? remove : ''),
    );
  }

  function draw() {
    outputs.clear();
    body.replaceChildren(...layers.map(row));
    recount();
  }

  const add = element('button', { type: 'button' }, 'Add a layer');
  add.addEventListener('click', () => {
    layers.push({ op: 'conv2d', ...START });
    draw();
  });
  const extents = ['Channels', 'Rows', 'Columns'].map((label, i) =>
    element(
      'label',
      {},
      element('span', {}, label),
      field(`${label} of the input`, input[i], (value) => {
        input[i] = value;
        recount();
      }),
    ),
  );
  const heads = ['Layer', ...FIELDS, 'output', 'left over', 'parameters', 'multiply-adds', 'field', ''];
  place.replaceChildren(
    element('div', { class: 'row' }, ...extents),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Layers' },
      element(
        'table',
        { class: 'calculator' },
        element(
          'thead',
          {},
          element('tr', {}, ...heads.map((text) => (text ? element('th', { scope: 'col' }, text) : element('td')))),
        ),
        body,
      ),
    ),
    element('div', { class: 'row' }, add),
    said,
  );
  draw();
}
