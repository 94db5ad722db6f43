// How many pixels across does a cell see, layer by layer?
import { shapes } from '../scenes.mjs';

const picture = [1, 8192, 8192]; // large enough for every chain; only shapes are counted

const document = ({ op, kernel, stride, dilation = 1 }) =>
  op === 'conv2d' ? { op, out: 1, kernel, stride, dilation } : { op, kernel, stride };
const scene = (layers) => shapes(picture, layers.map(document));
const fields = (net) => net.info().layers.map(({ receptive_field }) => receptive_field[0]);

/** Each layer with its own stride in its own jump: the strides stand one layer too early. */
function early(layers) {
  const first = { op: 'conv2d', kernel: 1, stride: layers[0].stride };
  return [first, ...layers.map((layer, i) => ({ ...layer, stride: layers[i + 1]?.stride ?? 1 }))];
}

function misconceptions(layers) {
  const wrong = (id, says, changed, read = fields) => ({ id, says, answer: (run) => run(scene(changed), read) });
  const change = (how) => layers.map((layer) => ({ ...layer, ...how(layer) }));
  const list = [
    wrong(
      'kernel-whole',
      'A window of k adds only k − 1 neighbours to what one cell sees already.',
      change(({ kernel }) => ({ kernel: kernel + 1 })),
    ),
    wrong(
      'fields-multiplied',
      'Fields do not multiply: each layer adds (k − 1) times the jump.',
      change(({ kernel }) => ({ op: 'conv2d', stride: kernel, dilation: 1 })),
    ),
  ];
  if (layers.slice(0, -1).some(({ stride }) => stride > 1)) {
    list.push(
      wrong(
        'strides-ignored',
        'Neighbours lie as far apart as all strides before make it: multiply k − 1 by their product.',
        change(() => ({ stride: 1 })),
      ),
    );
  }
  if (layers.some(({ stride }) => stride > 1)) {
    list.push(
      wrong(
        'stride-early',
        'A layer’s own stride does not widen its own window. It counts from the next layer on.',
        early(layers),
        (net) => fields(net).slice(1),
      ),
    );
  }
  if (layers.some(({ dilation = 1 }) => dilation > 1)) {
    list.push(
      wrong(
        'dilation-ignored',
        'With dilation d the window reaches over d (k − 1) + 1 cells.',
        change(() => ({ dilation: 1 })),
      ),
    );
  }
  if ((layers[0].dilation ?? 1) === 1) {
    const [first, ...others] = layers;
    list.push(
      wrong('start-zero', 'Before the first layer a pixel sees itself: begin with 1, not with 0.', [
        { ...first, kernel: first.kernel - 1 },
        ...others,
      ]),
    );
  }
  return list;
}

const names = { conv2d: 'convolution', max_pool2d: 'max pooling' };
function inWords({ op, kernel, stride, dilation = 1 }) {
  return `${names[op]} ${kernel} × ${kernel}, stride ${stride}${dilation > 1 ? `, dilation ${dilation}` : ''}`;
}

export const receptiveField = {
  id: 'receptive-field',
  title: 'Receptive field',

  draw(random) {
    return Array.from({ length: random.whole(2, 4) }, (_, i) => {
      if (i > 0 && random.chance(25)) return { op: 'max_pool2d', kernel: random.pick([2, 2, 3]), stride: 2 };
      return {
        op: 'conv2d',
        kernel: random.pick([3, 3, 3, 5, 7]),
        stride: random.pick([1, 1, 2]),
        dilation: random.pick([1, 1, 1, 2]),
      };
    });
  },

  describe(layers) {
    return {
      statement: 'How many pixels across does one cell see after each layer?',
      list: layers.map(inWords),
      fields: layers.map((_, i) => ({ name: `layer ${i + 1}`, label: `After layer ${i + 1}`, whole: true })),
      scene: scene(layers),
      answer: (run) => run(scene(layers), fields),
      misconceptions: misconceptions(layers),
      solution(right, run) {
        const jumps = run(scene(layers), (net) => net.info().layers.map(({ jump }) => jump[0]));
        return right.map((field, i) => {
          const { kernel, dilation = 1 } = layers[i];
          const reach = `${dilation > 1 ? `${dilation} · ` : ''}(${kernel} − 1)`;
          const [before, jump] = [right[i - 1] ?? 1, jumps[i - 1] ?? 1];
          return `Layer ${i + 1}: ${before} + ${reach} · ${jump} = ${field}${i + 1 < right.length ? `, and its cells lie ${jumps[i]} apart` : ''}`;
        });
      },
    };
  },
};
