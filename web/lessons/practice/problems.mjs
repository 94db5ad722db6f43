// The three worked examples and five practice problems, as items that the engine answers and judges.
import { inputMisconceptions } from './kinds/input_gradient.mjs';
import { kernelMisconceptions } from './kinds/kernel_gradient.mjs';
import { outputSize } from './kinds/output_size.mjs';
import { pool } from './kinds/pool.mjs';
import { receptiveField } from './kinds/receptive_field.mjs';
import { mapped } from './grids.mjs';
import { cellsOf, convolution, shapes, tensors } from './scenes.mjs';

const parameters = (net) => net.info().total.parameters;

/** Two layouts of layers, counted. */
function counted(lists, channels = 64, changed = (layer) => layer) {
  return (run) => lists.map((layers) => run(shapes([channels, 32, 32], layers.map(changed)), parameters));
}

const conv = (kernel, more = {}) => ({ op: 'conv2d', out: 64, kernel, ...more });
const one5 = [conv(5)];
const two3 = [conv(3), conv(3)];

const stacked = {
  id: 'example-2',
  title: 'Two small kernels for a large one',
  describe: () => ({
    statement:
      'All layers have 64 channels coming in and 64 going out, and biases. How many parameters has one convolution of 5 × 5, and how many have two of 3 × 3, one behind the other?',
    fields: [
      { name: 'one', label: 'One 5 × 5', whole: true },
      { name: 'two', label: 'Two 3 × 3', whole: true },
    ],
    scene: shapes([64, 32, 32], two3),
    answer: counted([one5, two3]),
    misconceptions: [
      {
        id: 'bias-forgotten',
        says: 'Each output channel of each layer has a bias.',
        answer: counted([one5, two3], 64, (layer) => ({ ...layer, bias: false })),
      },
      {
        id: 'one-layer',
        says: 'It takes two layers of 3 × 3 to see 5 × 5 pixels: count both.',
        answer: counted([one5, [conv(3)]]),
      },
      {
        id: 'channels-forgotten',
        says: 'A kernel runs through all 64 input channels.',
        answer: counted([one5, two3], 64, (layer) => ({ ...layer, groups: 64 })),
      },
    ],
    solution: ([one, two]) => [
      `64 · 64 · 5² + 64 = ${one.toLocaleString('en')}`,
      `2 · (64 · 64 · 3² + 64) = ${two.toLocaleString('en')}`,
      `${(((one - two) / one) * 100).toFixed(2)} % fewer, with the same receptive field and room for a ReLU in between. Only for equal channels: from 3 to 64 it is the other way round.`,
    ],
  }),
};

const example3 = { x: [[3, 4, 5]], w: [[1, 2]], dy: [[1, -1]], stride: 1, padding: 0 };
const all = tensors('conv1.y', 'conv1.dw', 'conv1.dx', 'conv1.db');

/** Everything about one small convolution: Y, then all three gradients. */
function byHand(id, title, draft) {
  const { x, w, dy } = draft;
  const scene = convolution(draft);
  const [y, dw, dx, db] = ['conv1.y', 'conv1.dw', 'conv1.dx', 'conv1.db'].map((name) => tensors(name));
  // Mistakes on the way to one of the gradients leave the others as they are.
  const kernel = kernelMisconceptions(draft).map(({ id: name, says, answer }) => ({
    id: name,
    says,
    answer(run) {
      const mistaken = answer(run);
      return [...run(scene, y), ...mistaken.slice(0, w[0].length), ...run(scene, dx), ...mistaken.slice(w[0].length)];
    },
  }));
  const input = inputMisconceptions(draft).map(({ id: name, says, answer }) => ({
    id: name,
    says,
    answer: (run) => [...run(scene, y), ...run(scene, dw), ...answer(run), ...run(scene, db)],
  }));
  const size = [1, dy[0].length];
  return {
    id,
    title,
    describe: () => ({
      statement:
        'A row of three numbers, a kernel of two, no bias to speak of. Work out Y, and from ∂L/∂Y all three gradients.',
      given: [
        { label: 'X', rows: x },
        { label: 'K', rows: w },
        { label: '∂L/∂Y', rows: dy },
      ],
      fields: [
        { name: 'conv1.y', label: 'Y', size },
        { name: 'conv1.dw', label: '∂L/∂K', size: [1, w[0].length] },
        { name: 'conv1.dx', label: '∂L/∂X', size: [1, x[0].length] },
        { name: 'conv1.db', label: '∂L/∂b', size: [1, 1] },
      ],
      cells: [
        ...cellsOf('conv1.y', size),
        ...cellsOf('conv1.dw', [1, w[0].length], '0,0'),
        ...cellsOf('conv1.dx', [1, x[0].length]),
        'conv1.db[0]',
      ],
      scene,
      answer: (run) => run(scene, all),
      misconceptions: [...kernel, ...input],
    }),
  };
}

const practice3 = {
  op: 'max_pool2d',
  kernel: 2,
  stride: 2,
  x: [
    [1, 3, 2, 4],
    [5, 6, 7, 8],
    [9, 2, 1, 0],
    [4, 5, 6, 7],
  ],
  // Four numbers that tell α to δ apart, and from every number of X.
  dy: [
    [11, 12],
    [13, 14],
  ],
};
const greek = { 'α': 11, 'β': 12, 'γ': 13, 'δ': 14 }; // prettier-ignore
const latin = { alpha: 11, beta: 12, gamma: 13, delta: 14 };

/** Only a part of what the pool's item asks. */
function partly(described, [from, to], fields) {
  const part = (answer) => (run) => answer(run).slice(from, to);
  return {
    ...described,
    fields,
    cells: described.cells.slice(from, to),
    answer: part(described.answer),
    misconceptions: described.misconceptions.map((known) => ({ ...known, answer: part(known.answer) })),
  };
}

const pooled = {
  id: 'problem-3',
  title: 'Max pooling',
  describe() {
    const described = pool.describe(practice3);
    return {
      ...partly(described, [0, 4], described.fields.slice(0, 1)),
      statement: 'Max pooling with windows of 2 × 2, stride 2. What comes out?',
      given: described.given.slice(0, 1),
    };
  },
};

const routed = {
  id: 'problem-4',
  title: 'Where α to δ go',
  describe() {
    const described = pool.describe(practice3);
    const [, field] = described.fields;
    const letters = Object.keys(greek);
    return {
      ...partly(described, [4, 20], [{ ...field, names: { ...greek, ...latin }, letters: greek }]),
      statement:
        'The gradient α, β, γ, δ comes back to a max pool with windows of 2 × 2, stride 2. Where does each of them arrive? Type the letter, or its name; where nothing arrives, 0.',
      given: [described.given[0], { label: '∂L/∂Y', rows: mapped(practice3.dy, (_, i, j) => letters[i * 2 + j]) }],
      // Only the letters are asked for here, not what else can go wrong with values.
    };
  },
};

const plain = [conv(3, { bias: false })];
const separable = [conv(3, { groups: 64, bias: false }), conv(1, { bias: false })];

const depthwise = {
  id: 'problem-5',
  title: 'Depthwise separable',
  describe: () => ({
    statement:
      'A depthwise separable convolution runs one kernel of 3 × 3 over each channel, then mixes the channels by 1 × 1. There are 64 channels in and out; leave biases away. How many weights has a standard convolution, how many has the separable one, and what share is that in per cent?',
    fields: [
      { name: 'standard', label: 'Standard', whole: true },
      { name: 'separable', label: 'Separable', whole: true },
      { name: 'share', label: 'Share in %', tolerance: 0.05 },
    ],
    scene: shapes([64, 32, 32], separable),
    answer: withShare(counted([plain, separable])),
    misconceptions: [
      {
        id: 'mixing-forgotten',
        says: 'That is the depthwise half. The 1 × 1 convolution that mixes the channels has weights too.',
        answer: withShare(counted([plain, separable.slice(0, 1)])),
      },
      {
        id: 'depthwise-forgotten',
        says: 'That is the 1 × 1 half alone. Each channel has a kernel of 3 × 3 before it.',
        answer: withShare(counted([plain, separable.slice(1)])),
      },
      {
        id: 'bias-added',
        says: 'Without biases, it says.',
        answer: withShare(counted([plain, separable], 64, (layer) => ({ ...layer, bias: true }))),
      },
    ],
    solution: ([standard, both, share]) => [
      `Standard: 64 · 64 · 3² = ${standard.toLocaleString('en')}`,
      `Separable: 64 · 3² + 64 · 64 = ${both.toLocaleString('en')}`,
      `Share: 1/3² + 1/64 = ${share.toFixed(2)} %, exactly 1/k² + 1/C`,
    ],
  }),
};

/** The two counts, and the second as a percentage of the first. */
function withShare(counts) {
  return (run) => {
    const [standard, both] = counts(run);
    return [standard, both, (100 * both) / standard];
  };
}

const of = (id, title, kind, draft) => ({ id, title, describe: () => kind.describe(draft) });

export const problems = [
  of('example-1', 'The first layer of a well-known network', outputSize, {
    channels: 3,
    height: 224,
    width: 224,
    out: 64,
    kernel: 7,
    stride: 2,
    padding: 3,
  }),
  stacked,
  byHand('example-3', 'A gradient, checked by hand', example3),
  byHand('example-3-twin', 'Its twin, which hides nothing', { ...example3, dy: [[1, -2]] }),
  of('problem-1', 'A standard block', outputSize, {
    channels: 16,
    height: 32,
    width: 32,
    out: 32,
    kernel: 3,
    stride: 1,
    padding: 1,
  }),
  of('problem-2', 'Four layers of 3 × 3', receptiveField, Array(4).fill({ op: 'conv2d', kernel: 3, stride: 1 })),
  pooled,
  routed,
  depthwise,
];
