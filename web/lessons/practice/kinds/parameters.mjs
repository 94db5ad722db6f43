// How many parameters does a layer have?
import { shapes } from '../scenes.mjs';

const scene = ({ channels, side, layer }, changed = {}) =>
  shapes([changed.channels ?? channels, side, side], [{ op: 'conv2d', ...layer, ...changed.layer }]);
const parameters = (net) => [net.info().total.parameters];

function misconceptions(draft) {
  const { channels, layer } = draft;
  const wrong = (id, says, changed, read = parameters) => ({
    id,
    says,
    answer: (run) => run(scene(draft, changed), read),
  });
  const depthwise = layer.groups !== undefined;
  const list = [
    layer.bias
      ? wrong('bias-forgotten', 'Each output channel has a bias of its own.', { layer: { bias: false } })
      : wrong('bias-added', 'This layer has no bias: only the weights count.', { layer: { bias: true } }),
    wrong(
      'sharing-forgotten',
      'All places share the same weights. The size of the picture has nothing to do with their number.',
      {},
      (net) => [net.info().total.multiply_adds + (layer.bias ? net.info().total.outputs : 0)],
    ),
    wrong('dense', 'That is a dense layer, with a weight for each pair of pixel and output.', {}, (net) => [
      net.info().total.dense_parameters,
    ]),
    wrong('kernel-not-squared', 'A kernel has k rows and k columns: k² weights for each channel.', {
      layer: { kernel: [1, layer.kernel] },
    }),
  ];
  if (depthwise) {
    list.push(
      wrong('groups-forgotten', 'Depthwise: each kernel sees one channel only, not all of them.', {
        layer: { groups: 1 },
      }),
      wrong('filters-forgotten', 'That is one kernel. There is one for each channel.', {
        channels: 1,
        layer: { out: 1, groups: 1 },
      }),
    );
    return list;
  }
  list.push(
    wrong('filters-forgotten', 'That is one kernel. There is one for each output channel.', { layer: { out: 1 } }),
  );
  if (channels > 1) {
    list.push(
      wrong('channels-forgotten', 'A kernel has k² weights for each input channel: it runs through all of them.', {
        channels: 1,
      }),
    );
    if (layer.bias) {
      list.push(
        wrong(
          'bias-per-slice',
          'The bias is added once for each output channel, not once for each input channel too.',
          {
            channels: 1,
            layer: { out: channels * layer.out },
          },
        ),
      );
    }
  }
  return list;
}

export const parameterCount = {
  id: 'parameter-count',
  title: 'Parameter count',

  draw(random) {
    const channels = random.pick([1, 3, 3, 8, 16, 32, 64]);
    const depthwise = channels > 1 && random.chance(25);
    const kernel = random.pick([3, 3, 5, 7]);
    const layer = { out: depthwise ? channels : random.pick([8, 16, 32, 64, 128]), kernel, bias: random.chance(75) };
    return {
      channels,
      side: random.pick([28, 32, 56, 64, 128, 224]),
      layer: { ...layer, padding: (kernel - 1) / 2, ...(depthwise && { groups: channels }) },
    };
  },

  describe(draft) {
    const { channels, side, layer } = draft;
    const { out, kernel, bias, groups } = layer;
    const what = groups
      ? `one kernel of ${kernel} × ${kernel} for each channel (depthwise)`
      : `${out} kernels of ${kernel} × ${kernel}`;
    const depth = groups ? 1 : channels;
    return {
      statement: `A convolution with ${what}, ${bias ? 'with biases' : 'without biases'}, on a picture of ${side} × ${side} with ${channels} ${channels === 1 ? 'channel' : 'channels'}. How many parameters has it?`,
      fields: [{ name: 'parameters', label: 'Parameters', whole: true }],
      scene: scene(draft),
      answer: (run) => run(scene(draft), parameters),
      misconceptions: misconceptions(draft),
      solution: ([count]) => [
        `Weights of one kernel: ${depth} · ${kernel} · ${kernel}`,
        `Kernels: ${out}`,
        bias ? `Biases: ${out}, one for each output channel` : 'No biases',
        `${out} · ${depth} · ${kernel}²${bias ? ` + ${out}` : ''} = ${count.toLocaleString('en')}`,
      ],
    };
  },
};
