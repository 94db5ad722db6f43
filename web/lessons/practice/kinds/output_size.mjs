// How large is the output of a convolution?
import { shapes } from '../scenes.mjs';

const axes = ({ height, width }) => [height, width];
const rest = ({ kernel, stride, padding }, extent) => (extent + 2 * padding - kernel) % stride;
const around = (padding) => (padding === 0 ? 'no padding' : `padding ${padding}`);

const scene = ({ channels, height, width, out, kernel, stride, padding }, changed = {}) =>
  shapes(
    [changed.channels ?? channels, changed.height ?? height, changed.width ?? width],
    [{ op: 'conv2d', out, kernel, stride, padding, ...changed.layer }],
  );

const output = (net) => net.info().layers[0].output.slice(-3);

function misconceptions(draft) {
  const { channels, height, width, stride, padding, out } = draft;
  const wrong = (id, says, changed) => ({ id, says, answer: (run) => run(scene(draft, changed), output) });
  const list = [
    wrong(
      'one-forgotten',
      'The quotient counts how often the window moves. The place where it begins is one more: + 1.',
      {
        height: height - stride,
        width: width - stride,
      },
    ),
    wrong('kernel-forgotten', 'The window has to fit: take its k rows off before you divide by the stride.', {
      layer: { kernel: 1 },
    }),
  ];
  if (axes(draft).some((extent) => rest(draft, extent) > 0)) {
    // As many rows more as make a started step a whole one.
    const more = padding + stride - 1;
    list.push(
      wrong('floor-forgotten', 'The division leaves a rest. A window that does not fit is no window: round down.', {
        layer: { padding: [padding, padding, more, more] },
      }),
    );
  }
  if (padding > 0) {
    list.push(
      wrong('padding-once', 'Padding lies on both sides: it counts twice, 2P.', {
        layer: { padding: [padding, padding, 0, 0] },
      }),
      wrong('padding-forgotten', 'The picture is padded first, by P rows on each side: add 2P.', {
        layer: { padding: 0 },
      }),
    );
  }
  if (stride > 1) {
    list.push(
      wrong('stride-forgotten', 'The window moves by the stride: divide by s before you add 1.', {
        layer: { stride: 1 },
      }),
    );
  }
  if (out !== channels) {
    list.push(
      wrong('channels-kept', 'Every kernel runs through all input channels and makes one output channel.', {
        layer: { out: channels },
      }),
    );
  }
  return list;
}

function line(name, extent, { kernel, stride, padding }, result) {
  const places = result - 1;
  return `${name}: ⌊(${extent} − ${kernel} + 2 · ${padding}) / ${stride}⌋ + 1 = ${places} + 1 = ${result}`;
}

/** For the canvas: one channel of the picture, where it is small enough to look at. */
function picture({ height, width, kernel, stride, padding }, [, rows, columns]) {
  if (height * width > 196) return undefined;
  const ones = (size) => Array.from({ length: size[0] }, () => Array(size[1]).fill(1));
  return {
    backstep: 1,
    title: 'Places of the window',
    input: { shape: [1, 1, height, width], data: ones([height, width]) },
    layers: [{ op: 'conv2d', out: 1, kernel, stride, padding, w: ones([kernel, kernel]), b: [0] }],
    dy: Array.from({ length: rows }, () => Array(columns).fill(0)),
  };
}

export const outputSize = {
  id: 'output-size',
  title: 'Output size',

  draw(random) {
    const kernel = random.pick([2, 3, 3, 4, 5, 5, 7]);
    const small = random.chance(50);
    const side = () =>
      small ? random.whole(kernel + 3, 14) : random.pick([28, 32, 48, 56, 64, 96, 112, 128, 224, 227, 256]);
    const height = side();
    return {
      channels: random.pick([1, 3, 16, 32]),
      height,
      width: random.chance(40) ? side() : height,
      out: random.pick([8, 16, 32, 64]),
      kernel,
      stride: random.pick([1, 2, 2, 3]),
      padding: random.whole(0, Math.floor(kernel / 2)),
    };
  },

  describe(draft) {
    const { channels, height, width, out, kernel, stride, padding } = draft;
    const filters = `${out} kernels of ${kernel} × ${kernel}`;
    return {
      statement: `A picture of ${height} × ${width} with ${channels} ${channels === 1 ? 'channel' : 'channels'} meets ${filters}, stride ${stride}, ${around(padding)}. How large is the output?`,
      fields: [
        { name: 'channels', label: 'Channels', whole: true },
        { name: 'rows', label: 'Rows', whole: true },
        { name: 'columns', label: 'Columns', whole: true },
      ],
      scene: scene(draft),
      answer: (run) => run(scene(draft), output),
      misconceptions: misconceptions(draft),
      onFraction: 'floor-forgotten',
      // The rows of the picture with its windows, for the eye.
      row: true,
      show: (right) => picture(draft, right),
      solution: ([depth, rows, columns]) => [
        `One output channel for each kernel: ${depth}`,
        line('Rows', height, draft, rows),
        line('Columns', width, draft, columns),
      ],
    };
  },
};
