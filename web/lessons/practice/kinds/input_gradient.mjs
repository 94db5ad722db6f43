// The gradient of the input by hand.
import { filledUp, sizeOf, swapped } from '../grids.mjs';
import { cellsOf, convolution, tensors } from '../scenes.mjs';
import { placesOf, stepsInWords } from './convolve.mjs';

const scene = (draft, changed = {}) => convolution({ ...draft, ...changed });
const gradient = tensors('conv1.dx');

/** Written one over the other: of a cell's terms, which run from the last output to the first, the first one stays. */
const lastWritten = (cells) => (net) => cells.map((cell) => net.explain(cell).terms[0]?.value ?? 0);

export function inputMisconceptions(draft) {
  const { x, w, dy, stride, padding } = draft;
  const cells = cellsOf('conv1.dx', sizeOf(x));
  const wrong = (id, says, changed, read = gradient) => ({
    id,
    says,
    answer: (run) => run(scene(draft, changed), read),
  });
  const list = [
    wrong(
      'not-flipped',
      'The kernel must be turned. The further down the output, the further up the weight under which it met this pixel.',
      { flip: true },
    ),
    wrong(
      'overwritten',
      'Where windows overlap, a pixel hears from several outputs: add, do not overwrite.',
      {},
      lastWritten(cells),
    ),
  ];
  if (w.length === w[0].length) {
    list.push(
      wrong('swapped', 'The wrong index runs: rows and columns of the kernel have changed places.', { w: swapped(w) }),
    );
  }
  if (stride > 1) {
    const dense = filledUp(dy, placesOf(sizeOf(x), sizeOf(w), { padding }));
    list.push(
      wrong(
        'stride-forgotten',
        `The windows began ${stride} apart: move the numbers of ∂L/∂Y ${stride} apart first, with nothing between them.`,
        { stride: 1, dy: dense },
      ),
    );
  }
  if (padding > 0) {
    list.push(
      wrong(
        'padding-kept',
        'The first window began in the padding. What falls on the padding is cut off; X begins after it.',
        {
          padding: [0, 0, 2 * padding, 2 * padding],
        },
      ),
    );
  }
  return list;
}

export const inputGradient = {
  id: 'input-gradient',
  title: '∂L/∂X by hand',

  draw(random) {
    const stride = random.pick([1, 1, 2]);
    const kernel = random.pick([
      [2, 2],
      [2, 2],
      [2, 3],
      [3, 3],
    ]);
    const padding = kernel[0] === 3 ? 1 : 0;
    const places = random.pick([
      [2, 2],
      [2, 2],
      [1, 2],
      [1, 3],
    ]);
    const extents = kernel.map((k, axis) => k + (places[axis] - 1) * stride - 2 * padding);
    return {
      x: random.grid(extents, 0, 4), // its numbers play no part
      w: random.grid(kernel, -2, 3),
      dy: random.grid(places, -2, 3),
      stride,
      padding,
    };
  },

  describe(draft) {
    const { x, w, dy } = draft;
    const size = sizeOf(x);
    return {
      statement: `∂L/∂Y has come back to a convolution of ${size[0]} × ${size[1]} numbers with K${stepsInWords(draft)}. Work out ∂L/∂X.`,
      given: [
        { label: 'K', rows: w },
        { label: '∂L/∂Y', rows: dy },
      ],
      fields: [{ name: 'conv1.dx', label: '∂L/∂X', size }],
      cells: cellsOf('conv1.dx', size),
      scene: scene(draft),
      answer: (run) => run(scene(draft), gradient),
      misconceptions: inputMisconceptions(draft),
    };
  },
};
