// The engine's contenders.
import { loadEngine } from '/dist/engine.mjs';
import { tinyScene } from './tiny.mjs';

let engine;
export async function start() {
  engine = await loadEngine();
}

const calls = { forward: 'forward', backward_input: 'backwardInput', backward_weights: 'backwardWeights' };
const results = { forward: 'y', backward_input: 'dx', backward_weights: 'dw' };

/** In the engine's own layout, and with plain tensors in and out. */
export function contenders(row, { x, w, b, dy }) {
  const { n, c, h, w: width, oc, kh, kw, stride, pad, groups, pass } = row;
  const conv = engine.conv2d({ input: [n, c, h, width], out: oc, kernel: [kh, kw], stride, padding: pad, groups });
  const run = conv[calls[pass]].bind(conv);
  const out = results[pass];
  const inputs = {
    forward: [['x', x]],
    backward_input: [['dy', dy]],
    backward_weights: [
      ['x', x],
      ['dy', dy],
    ],
  }[pass];
  Object.entries({ x, w, b, dy }).forEach(([name, values]) => conv.set(name, values));
  return {
    engine: { run: () => run(), result: () => (run(), conv.get(out).slice()) },
    'engine, NCHW': {
      run() {
        for (const [name, values] of inputs) conv.set(name, values);
        run();
        return conv.get(out);
      },
      result() {
        return this.run().slice();
      },
    },
    dispose: () => conv.dispose(),
  };
}

/** A training step of the tiny CNN. */
export function tinyStep(net) {
  const network = engine.network(tinyScene(net));
  return { run: () => network.train(), loss: () => network.train(), dispose: () => network.dispose() };
}

/** What the page does all the time: a recorded pass, an explained cell. */
export function daily() {
  const network = engine.network('tiny-cnn');
  const input = network.tensor('input').slice();
  const last = network.stepOf('conv1.dw[3,0,2,2]');
  return {
    'record the pass of tiny-cnn': () => {
      network.set('input', input);
      return network.steps;
    },
    'explain conv1.dw[3,0,2,2], 144 terms': () => network.explain(last),
  };
}
