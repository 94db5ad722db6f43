// The tiny CNN of the bench: 1x28x28, 8 kernels 3x3, ReLU, max pool 2, 16 kernels 3x3, ReLU, max pool 2, dense to 10,
// softmax cross-entropy, plain SGD. Everybody starts from the same numbers.
import { random } from './numbers.mjs';

export const rate = 0.01;

export const tiny = (batch) => ({
  batch,
  x: random(batch * 784, 7),
  labels: Array.from({ length: batch }, (_, i) => (i * 7) % 10),
  w1: random(8 * 9, 1),
  b1: random(8, 2),
  w2: random(16 * 8 * 9, 3),
  b2: random(16, 4),
  wd: random(10 * 784, 5), // [out, in], features in the order of channels, rows, columns
  bd: random(10, 6),
});

/** Multiply-adds count twice; the first layer needs no gradient of its input. */
export function tinyFlops(batch) {
  const conv1 = 2 * batch * 8 * 9 * 784;
  const conv2 = 2 * batch * 16 * 8 * 9 * 196;
  const dense = 2 * batch * 784 * 10;
  return 2 * conv1 + 3 * conv2 + 3 * dense;
}

export const tinyScene = ({ batch, x, labels, w1, b1, w2, b2, wd, bd }) => ({
  backstep: 1,
  input: { shape: [batch, 1, 28, 28], data: [...x] },
  layers: [
    { op: 'conv2d', out: 8, kernel: 3, padding: 1, w: [...w1], b: [...b1] },
    { op: 'relu' },
    { op: 'max_pool2d', kernel: 2 },
    { op: 'conv2d', out: 16, kernel: 3, padding: 1, w: [...w2], b: [...b2] },
    { op: 'relu' },
    { op: 'max_pool2d', kernel: 2 },
    { op: 'flatten' },
    { op: 'dense', out: 10, w: [...wd], b: [...bd] },
  ],
  loss: { op: 'softmax_cross_entropy' },
  target: labels,
  optimizer: { op: 'sgd', lr: rate },
});
