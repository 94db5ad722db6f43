// ConvNetJS: plain JavaScript in double, one sample at a time, numbers in the order of rows, columns, channels.
import { convnetjs } from '/bundles/peers.mjs';
import { rate } from './tiny.mjs';

/** Numbers of one sample [C,H,W] as a volume. */
function volume(values, c, h, w) {
  const vol = new convnetjs.Vol(w, h, c, 0);
  for (let k = 0; k < c; k++)
    for (let i = 0; i < h; i++) for (let j = 0; j < w; j++) vol.set(j, i, k, values[(k * h + i) * w + j]);
  return vol;
}

const setFilters = (filters, values, c, h, w) =>
  filters.forEach((filter, o) => (filter.w = volume(values.subarray(o * c * h * w, (o + 1) * c * h * w), c, h, w).w));
const setBiases = (layer, values) => values.forEach((value, o) => (layer.biases.w[o] = value));

/** One step over a batch: a call for each sample, the update with the last one. */
export function tinyStep({ batch, x, labels, w1, b1, w2, b2, wd, bd }) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 28, out_sy: 28, out_depth: 1 },
    { type: 'conv', sx: 3, filters: 8, stride: 1, pad: 1, activation: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
    { type: 'conv', sx: 3, filters: 16, stride: 1, pad: 1, activation: 'relu' },
    { type: 'pool', sx: 2, stride: 2 },
    { type: 'softmax', num_classes: 10 },
  ]);
  const [first, second] = net.layers.filter((layer) => layer.layer_type === 'conv');
  const dense = net.layers.find((layer) => layer.layer_type === 'fc');
  setFilters(first.filters, w1, 1, 3, 3);
  setBiases(first, b1);
  setFilters(second.filters, w2, 8, 3, 3);
  setBiases(second, b2);
  setFilters(dense.filters, wd, 16, 7, 7);
  setBiases(dense, bd);
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: rate,
    momentum: 0,
    batch_size: batch,
    l2_decay: 0,
  });
  const samples = labels.map((_, i) => volume(x.subarray(i * 784, (i + 1) * 784), 1, 28, 28));
  const run = () => labels.reduce((sum, label, i) => sum + trainer.train(samples[i], label).cost_loss, 0) / batch;
  return { run, loss: run };
}
