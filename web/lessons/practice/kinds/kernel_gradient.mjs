// The gradient of the kernel by hand, and that of the bias.
import { filledUp, mapped, sizeOf, swapped, turned } from '../grids.mjs';
import { cellsOf, convolution, tensors } from '../scenes.mjs';
import { placesOf, stepsInWords } from './convolve.mjs';

const scene = (draft, changed = {}) => convolution({ ...draft, ...changed });
export const gradients = tensors('conv1.dw', 'conv1.db');

/** What goes wrong on the way to dK and db; also of use where more is asked for. */
export function kernelMisconceptions(draft) {
  const { x, w, dy, stride } = draft;
  const wrong = (id, says, changed, read = gradients) => ({
    id,
    says,
    answer: (run) => run(scene(draft, changed), read),
  });
  const list = [
    wrong('flipped', '∂L/∂Y was turned. Nothing is turned here: both indices run the same way.', { dy: turned(dy) }),
    wrong(
      'result-flipped',
      'The result is turned: K[p, q] multiplies the pixel p rows and q columns from the window’s corner.',
      { flip: true },
    ),
    wrong('one-window', 'That is one window only. Every output used each weight: add up over all outputs.', {
      dy: mapped(dy, (value, i, j) => (i === 0 && j === 0 ? value : 0)),
    }),
    {
      id: 'bias-forgotten',
      says: 'The bias went into every output: its gradient is the sum of ∂L/∂Y.',
      answer: (run) => [
        ...run(scene(draft), tensors('conv1.dw')),
        ...run(scene(draft, { dy: mapped(dy, () => 0) }), tensors('conv1.db')),
      ],
    },
  ];
  if (w.length === w[0].length && x.length === x[0].length) {
    const across = { x: swapped(x), w: swapped(w), dy: swapped(dy) };
    list.push(
      wrong('swapped', 'The wrong index runs: p counts rows and q columns, here they have changed places.', across),
    );
  }
  if (stride > 1) {
    const dense = filledUp(dy, placesOf(sizeOf(x), sizeOf(w)));
    list.push(
      wrong(
        'stride-forgotten',
        `The outputs lie ${stride} apart on X: Y[i, j] began at row ${stride} · i, column ${stride} · j.`,
        { stride: 1, dy: dense },
      ),
    );
  }
  return list;
}

export const kernelGradient = {
  id: 'kernel-gradient',
  title: '∂L/∂K by hand',

  draw(random) {
    const stride = random.pick([1, 1, 2]);
    // Few products, for they are added by hand.
    const kernel = stride > 1 ? [2, 2] : random.pick([[2, 2], [2, 2], [2, 3], [3, 2]]); // prettier-ignore
    const places = random.pick(stride > 1 ? [[2, 2], [1, 3]] : [[2, 2], [1, 3], [2, 3]]); // prettier-ignore
    const extents = kernel.map((k, axis) => k + (places[axis] - 1) * stride + (stride > 1 ? random.whole(0, 1) : 0));
    return {
      x: random.grid(extents, -2, 5),
      w: random.grid(kernel, -2, 2),
      dy: random.grid(places, -2, 2),
      stride,
    };
  },

  describe(draft) {
    const { x, w, dy } = draft;
    return {
      statement: `X was convolved with a kernel of ${w.length} × ${w[0].length}${stepsInWords(draft)}, and ∂L/∂Y has come back. Work out ∂L/∂K and ∂L/∂b.`,
      given: [
        { label: 'X', rows: x },
        { label: '∂L/∂Y', rows: dy },
      ],
      fields: [
        { name: 'conv1.dw', label: '∂L/∂K', size: sizeOf(w) },
        { name: 'conv1.db', label: '∂L/∂b', size: [1, 1] },
      ],
      cells: [...cellsOf('conv1.dw', sizeOf(w), '0,0'), 'conv1.db[0]'],
      scene: scene(draft),
      answer: (run) => run(scene(draft), gradients),
      misconceptions: kernelMisconceptions(draft),
    };
  },
};
