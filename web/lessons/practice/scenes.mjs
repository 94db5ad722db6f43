// Scene documents of the items, and how the engine is asked about them.

/** @typedef {(scene: object, read: (net: import('../../api/engine/engine.d.ts').Network) => any) => any} Run */

/** Runs a scene and reads from it. @param {import('../../api/engine/engine.d.ts').Engine} engine @returns {Run} */
export const runOn = (engine) => (scene, read) => {
  const net = engine.network(scene);
  try {
    return read(net);
  } finally {
    net.dispose();
  }
};

/** A scene of shapes alone: counted, never computed. */
export const shapes = ([channels, height, width], layers) => ({
  backstep: 1,
  input: { shape: [1, channels, height, width] },
  layers,
});

/** One layer on one channel, with the gradient that comes back to it. */
export function single(x, layer, dy) {
  return { backstep: 1, input: { shape: [1, 1, x.length, x[0].length], data: x }, layers: [layer], dy };
}

/** @param {{x: number[][], w: number[][], b?: number, dy: number[][]}} numbers with attributes of the layer besides */
export function convolution({ x, w, b = 0, dy, ...attributes }) {
  return single(x, { op: 'conv2d', out: 1, kernel: [w.length, w[0].length], ...attributes, w, b: [b] }, dy);
}

/** Reads tensors, one after the other in a row. */
export const tensors =
  (...names) =>
  (net) =>
    names.flatMap((name) => [...net.tensor(name)]);

/** The cells of a tensor with one sample and one channel, in its order. */
export function cellsOf(tensor, [rows, columns], leading = '0') {
  return Array.from(
    { length: rows * columns },
    (_, i) => `${tensor}[${leading},${Math.floor(i / columns)},${i % columns}]`,
  );
}
