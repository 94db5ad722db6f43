// Any chain of layers, counted by the engine: shapes, parameters, multiply-adds, receptive field, and what a stride leaves.
import { element } from '../../shell/elements.mjs';
import { chainTable, countChain, startChain } from './chain.mjs';
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
  const layers = startChain(options.layers, START);
  const said = element('p', { class: 'said', role: 'status' });
  const table = chainTable({
    layers,
    ops: OPS,
    settings: FIELDS,
    control: (layer, name, label, changed) =>
      fieldsOf(layer.op).includes(name)
        ? field(label, layer[name], (value) => {
            layer[name] = value;
            changed();
          })
        : '',
    counted: ['output', 'left over', 'parameters', 'multiply-adds', 'field'],
    fresh: () => ({ op: 'conv2d', ...START }),
    recount,
  });

  function recount() {
    let info;
    try {
      info = countChain(engine, input, layers.map(documentOf));
    } catch (error) {
      said.textContent = `${error.where ? `${error.where}: ` : ''}${error.message}`;
      said.dataset.state = 'wrong';
      table.write(() => []);
      return;
    }
    delete said.dataset.state;
    said.textContent = `${count(info.total.parameters)} parameters, ${count(info.total.multiply_adds)} multiply-adds in all.`;
    table.write((layer, i) => {
      const counted = info.layers[i];
      const before = i ? info.layers[i - 1].output : input;
      return [
        counted.output.slice(1).map(count).join(' × '),
        leftover(layer, before.slice(-3)),
        count(counted.parameters),
        count(counted.multiply_adds),
        counted.whole ? 'all' : count(counted.receptive_field[0]),
      ];
    });
  }

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
  place.replaceChildren(element('div', { class: 'row' }, ...extents), ...table.nodes, said);
  table.draw();
}
