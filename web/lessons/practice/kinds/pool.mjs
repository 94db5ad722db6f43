// Pool by hand, and route the gradient back.
import { mapped, rowsOf, sizeOf, turned } from '../grids.mjs';
import { cellsOf, convolution, single, tensors } from '../scenes.mjs';
import { placesOf } from './convolve.mjs';

const names = { max_pool2d: 'Max', avg_pool2d: 'Average' };

function scene(draft, changed = {}) {
  const { x, dy, op, kernel, stride } = { ...draft, ...changed };
  return single(x, { op, kernel, stride }, dy);
}
/** The whole gradient to every cell of the window: a convolution with ones. */
const sums = ({ x, dy, kernel, stride }) =>
  convolution({ x, dy, stride, w: Array(kernel).fill(Array(kernel).fill(1)) });

/** The layer's tensors: its name follows its operation. */
const read =
  (...parts) =>
  (net) => {
    const { name } = net.info().layers[0];
    return tensors(...parts.map((part) => `${name}.${part}`))(net);
  };
const forward = read('y');
const back = read('dx');
const both = read('y', 'dx');

/** Of the windows that a cell won, the last one alone. */
const lastWritten = (size) => (net) =>
  cellsOf('pool1.dx', size).map((cell) => net.explain(cell).terms.findLast(({ taken }) => taken)?.value ?? 0);

function ofMaximum(draft) {
  const { x, dy, kernel, stride } = draft;
  const size = sizeOf(x);
  const right = (run) => run(scene(draft), forward);
  const routed = (id, says, dx) => ({ id, says, answer: (run) => [...right(run), ...dx(run)] });
  const negative = scene(draft, { x: mapped(x, (value) => -value) });
  const list = [
    routed('all-cells', 'Only the winner of a window reached the output. The others get nothing.', (run) =>
      run(sums(draft), tensors('conv1.dx')),
    ),
    routed('shared', 'That is what an average pool does. Here the winner takes the whole gradient.', (run) =>
      run(scene(draft, { op: 'avg_pool2d' }), back),
    ),
    routed(
      'value-routed',
      'At the winner’s place stands the gradient that came to its window, not the winner’s own value.',
      (run) => run(scene(draft, { dy: rowsOf(right(run), sizeOf(dy)) }), back),
    ),
    {
      id: 'averaged',
      says: 'A max pool keeps the largest number of each window, not the mean.',
      answer: (run) => [...run(scene(draft, { op: 'avg_pool2d' }), forward), ...run(scene(draft), back)],
    },
    {
      id: 'smallest',
      says: 'A max pool keeps the largest number. Mind the signs: −1 is larger than −2.',
      answer: (run) => run(negative, (net) => [...forward(net).map((value) => -value), ...back(net)]),
    },
  ];
  if (hasTies(draft)) {
    const mirrored = scene(draft, { x: turned(x), dy: turned(dy) });
    list.push(
      routed('last-winner', 'Two cells are equally large. The first one met, row by row, is the winner.', (run) =>
        turned(rowsOf(run(mirrored, back), size)).flat(),
      ),
    );
  }
  if (stride < kernel) {
    list.push(
      routed(
        'overwritten',
        'Windows overlap: a cell that wins several of them gets all their gradients, added.',
        (run) => run(scene(draft), lastWritten(size)),
      ),
    );
  }
  return list;
}

function ofMean(draft) {
  const right = (run) => run(scene(draft), forward);
  const routed = (id, says, dx) => ({ id, says, answer: (run) => [...right(run), ...dx(run)] });
  return [
    routed('undivided', 'Each cell has only its share in the mean: divide by the number of cells.', (run) =>
      run(sums(draft), tensors('conv1.dx')),
    ),
    routed('one-winner', 'In a mean there is no winner: every cell of the window gets its share.', (run) =>
      run(scene(draft, { op: 'max_pool2d' }), back),
    ),
    {
      id: 'summed',
      says: 'That is the sum of the window. Divide it by the number of cells.',
      answer: (run) => [...run(sums(draft), tensors('conv1.y')), ...run(scene(draft), back)],
    },
    {
      id: 'maximum',
      says: 'That is the largest number of the window, and the mean is asked for.',
      answer: (run) => [...run(scene(draft, { op: 'max_pool2d' }), forward), ...run(scene(draft), back)],
    },
  ];
}

const windowsOf = ({ x, dy, kernel, stride }) =>
  dy.flatMap((row, i) =>
    row.map((_, j) =>
      Array.from(
        { length: kernel ** 2 },
        (_unused, n) => x[i * stride + Math.floor(n / kernel)][j * stride + (n % kernel)],
      ),
    ),
  );

/** Whether some window has its largest number twice. */
function hasTies(draft) {
  return windowsOf(draft).some((cells) => cells.filter((value) => value === Math.max(...cells)).length > 1);
}

export const pool = {
  id: 'pool',
  title: 'Pool, and route the gradient',

  draw(random) {
    const op = random.chance(80) ? 'max_pool2d' : 'avg_pool2d';
    const overlap = op === 'max_pool2d' && random.chance(30);
    const size = overlap ? [3, 3] : random.pick([[4, 4], [2, 4], [4, 2]]); // prettier-ignore
    const layer = { op, kernel: 2, stride: overlap ? 1 : 2 };
    const places = placesOf(size, [2, 2], layer);
    const [x, dy] = [random.grid(size, -2, 6), random.grid(places, -3, 3)];
    // Even numbers and multiples of four leave halves at the most.
    return op === 'max_pool2d'
      ? { ...layer, x, dy }
      : { ...layer, x: mapped(x, (value) => 2 * value), dy: mapped(dy, (value) => 4 * value) };
  },

  describe(draft) {
    const { x, dy, op, kernel, stride } = draft;
    const layer = op === 'max_pool2d' ? 'pool1' : 'avgpool1';
    const ties =
      op === 'max_pool2d' && hasTies(draft) ? ' Where two are equally large, the first one wins, row by row.' : '';
    return {
      statement: `${names[op]} pooling with windows of ${kernel} × ${kernel}, stride ${stride}. Work out Y, then send ∂L/∂Y back to X.${ties}`,
      given: [
        { label: 'X', rows: x },
        { label: '∂L/∂Y', rows: dy },
      ],
      fields: [
        { name: `${layer}.y`, label: 'Y', size: sizeOf(dy) },
        { name: `${layer}.dx`, label: '∂L/∂X', size: sizeOf(x) },
      ],
      cells: [...cellsOf(`${layer}.y`, sizeOf(dy)), ...cellsOf(`${layer}.dx`, sizeOf(x))],
      scene: scene(draft),
      answer: (run) => run(scene(draft), both),
      misconceptions: op === 'max_pool2d' ? ofMaximum(draft) : ofMean(draft),
    };
  },
};
