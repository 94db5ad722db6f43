// A convolution by hand: the numbers of Y.
import { cut, rowsOf, sizeOf, swapped } from '../grids.mjs';
import { cellsOf, convolution, tensors } from '../scenes.mjs';

/** The size of the output. */
export function placesOf([height, width], [rows, columns], { stride = 1, padding = 0 } = {}) {
  const along = (extent, kernel) => Math.floor((extent + 2 * padding - kernel) / stride) + 1;
  return [along(height, rows), along(width, columns)];
}

const zeros = ([rows, columns]) => Array.from({ length: rows }, () => Array(columns).fill(0));

/** The scene of a draft; its backward pass starts from zeros, since none is asked for. */
function scene(draft, changed = {}) {
  const { x, w, b, stride, padding } = { ...draft, ...changed };
  const size = changed.size ?? placesOf(sizeOf(x), sizeOf(w), { stride, padding });
  const { flip = false, padding: pad = padding } = changed;
  return convolution({ x, w, b, dy: zeros(size), stride, padding: pad, ...(flip && { flip }) });
}

const output = tensors('conv1.y');

function misconceptions(draft, size) {
  const { x, w, b, stride, padding } = draft;
  const wrong = (id, says, changed, read = output) => ({ id, says, answer: (run) => run(scene(draft, changed), read) });
  const list = [
    wrong('flipped', 'The kernel was turned. In a network it is laid on as it is: cross-correlation.', { flip: true }),
  ];
  if (b !== 0) list.push(wrong('bias-forgotten', 'The bias is added to every output, once.', { b: 0 }));
  if (w.length === w[0].length) {
    list.push(wrong('swapped', 'Rows and columns of the kernel have changed places.', { w: swapped(w) }));
  }
  if (stride > 1) {
    const all = placesOf(sizeOf(x), sizeOf(w), { padding });
    list.push(
      wrong('stride-forgotten', `The window moves by ${stride} each time, not by 1.`, { stride: 1, size: all }, (net) =>
        cut(rowsOf(output(net), all), size).flat(),
      ),
    );
  }
  if (padding > 0) {
    list.push(
      wrong('padding-forgotten', 'With padding the first window begins before the picture and hangs over its edge.', {
        padding: [0, 0, 2 * padding, 2 * padding],
        size,
      }),
    );
  }
  return list;
}

/** What is said of stride and padding where they are not the usual ones. */
export function stepsInWords({ stride = 1, padding = 0 }) {
  const said = [stride > 1 && `stride ${stride}`, padding > 0 && `padding ${padding}`].filter(Boolean);
  return said.length ? `, ${said.join(', ')}` : '';
}

export const convolve = {
  id: 'convolve',
  title: 'Convolve by hand',

  draw(random) {
    const kernel = random.pick([
      [2, 2],
      [2, 2],
      [2, 3],
      [3, 3],
    ]);
    const stride = random.pick([1, 1, 2]);
    const padding = kernel[0] === 3 && random.chance(50) ? 1 : 0;
    const places = [random.whole(1, 2), random.whole(2, padding ? 2 : 3)];
    const extents = kernel.map(
      (k, axis) => k + (places[axis] - 1) * stride - 2 * padding + (stride > 1 ? random.whole(0, 1) : 0),
    );
    return {
      x: random.grid(
        extents.map((extent) => Math.max(2, extent)),
        -2,
        5,
      ),
      w: random.grid(kernel, -2, 2),
      b: random.pick([0, 0, 1, 2, -1, -3]),
      stride,
      padding,
    };
  },

  describe(draft) {
    const { x, w, b } = draft;
    const size = placesOf(sizeOf(x), sizeOf(w), draft);
    return {
      statement: `Lay K on X${stepsInWords(draft)}, and work out Y. The bias is ${String(b).replace('-', '\u2212')}.`,
      given: [
        { label: 'X', rows: x },
        { label: 'K', rows: w },
      ],
      fields: [{ name: 'conv1.y', label: 'Y', size }],
      cells: cellsOf('conv1.y', size),
      scene: scene(draft),
      answer: (run) => run(scene(draft), output),
      misconceptions: misconceptions(draft, size),
    };
  },
};
