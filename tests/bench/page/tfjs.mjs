// TensorFlow.js: its WebAssembly backend (one thread, SIMD) and its JavaScript backend. Tensors lie ready in NHWC.
//
// What a backend lacks a user can compose from what it has; such a contender is a "-rewrite": the gradient of the input
// as a convolution of dy with the turned kernel, the gradient of the kernel as a convolution of x with dy.
import { tf, wasm } from '/bundles/peers.mjs';
import { rate } from './tiny.mjs';

export async function start() {
  wasm.setWasmPaths('/peers/@tensorflow/tfjs-backend-wasm/dist/');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
  for (const backend of ['wasm', 'cpu']) await use(backend);
}

async function use(backend) {
  if (tf.getBackend() !== backend) await tf.setBackend(backend);
  await tf.ready();
}

/** Plain numbers as a tensor in another order of axes. */
const moved = (values, shape, order) => tf.tidy(() => tf.transpose(tf.tensor(values, shape), order));
const NHWC = [0, 2, 3, 1];
const NCHW = [0, 3, 1, 2];
const HWIO = [2, 3, 1, 0];
const OIHW = [3, 2, 0, 1];

const kernel = (name, inputs, attributes) => tf.engine().runKernel(name, inputs, attributes);

/** A contender that makes a new tensor in each call, as everybody who calls the library gets one. */
const contender = (backend, call, order) => ({
  prepare: () => use(backend),
  run: () => call().dispose(),
  result: () => tf.tidy(() => tf.transpose(call(), order).dataSync()),
});

function calls(row, { x, w, b, dy, turned }) {
  const { stride, pad, n, c, h, w: width, oc, kh, kw, groups, pass } = row;
  const common = { strides: stride, pad, dataFormat: 'NHWC', dimRoundingMode: 'floor' };
  const inputShape = [n, h, width, c];
  const depthwise = groups === c && oc === c && groups > 1;
  if (groups > 1 && !depthwise) return {};
  if (pass === 'forward') {
    const call = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
    return { own: [() => call({ x, filter: w, bias: b, ...common }), NCHW] };
  }
  if (pass === 'backward_input') {
    const name = depthwise ? 'DepthwiseConv2dNativeBackpropInput' : 'Conv2DBackpropInput';
    const attributes = { ...common, dilations: 1, inputShape };
    const own = [() => kernel(name, { dy, filter: w }, attributes), NCHW];
    const turns = stride === 1 && kh === kw && kh - 1 - pad >= 0;
    const call = depthwise ? tf.depthwiseConv2d : tf.conv2d;
    return { own, rewrite: turns && [() => call(dy, turned, 1, kh - 1 - pad), NCHW] };
  }
  const name = depthwise ? 'DepthwiseConv2dNativeBackpropFilter' : 'Conv2DBackpropFilter';
  const filterShape = depthwise ? [kh, kw, c, 1] : [kh, kw, c, oc];
  const attributes = { ...common, dilations: 1, filterShape };
  const own = [() => kernel(name, { x, dy }, attributes), depthwise ? [2, 3, 0, 1] : OIHW];
  return { own, rewrite: stride === 1 && !depthwise && [() => weightsAsConvolution(x, dy, pad), OIHW] };
}

const lacking = 'Conv2DBackpropFilter';

const weightsAsConvolution = (x, dy, pad) =>
  tf.tidy(() => {
    const y = tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, pad);
    return tf.transpose(y, [1, 2, 0, 3]);
  });

export async function contenders(row, numbers) {
  const { n, c, h, w: width, oc, oh, ow, kh, kw, groups, pass } = row;
  const found = {};
  const owned = [];
  for (const backend of ['wasm', 'cpu']) {
    await use(backend);
    const cg = c / groups;
    const order = groups > 1 ? [2, 3, 0, 1] : HWIO;
    const tensors = {
      x: moved(numbers.x, [n, c, h, width], NHWC),
      w: moved(numbers.w, [oc, cg, kh, kw], order),
      b: tf.tensor1d(numbers.b),
      dy: moved(numbers.dy, [n, oc, oh, ow], NHWC),
    };
    // [KH,KW,I,O] with I and O exchanged; a depthwise kernel keeps its places
    tensors.turned = tf.tidy(() => tf.reverse(groups > 1 ? tensors.w : tf.transpose(tensors.w, [0, 1, 3, 2]), [0, 1]));
    owned.push(...Object.values(tensors));
    const { own, rewrite } = calls(row, tensors);
    if (own) found[`tfjs-${backend}`] = contender(backend, ...own);
    if (rewrite && backend === 'wasm') found['tfjs-wasm-rewrite'] = contender(backend, ...rewrite);
  }
  const dispose = () => owned.forEach((tensor) => tensor.dispose());
  return { found, dispose };
}

/** The kernel that the WebAssembly backend lacks, as its users write it; the rows must not find it. */
function compose() {
  takeApart();
  const asTensor = (t) => (t instanceof tf.Tensor ? t : tf.engine().makeTensorFromTensorInfo(t));
  const kernelFunc = ({ inputs: { x, dy }, attrs: { pad } }) => weightsAsConvolution(asTensor(x), asTensor(dy), pad);
  tf.registerKernel({ kernelName: lacking, backendName: 'wasm', kernelFunc });
}

export function takeApart() {
  if (tf.getKernel(lacking, 'wasm')) tf.unregisterKernel(lacking, 'wasm');
}

/** A training step; takeApart() afterwards. */
export async function tinyStep(backend, { batch, x, labels, w1, b1, w2, b2, wd, bd }) {
  await use(backend);
  if (backend === 'wasm') compose();
  const kernels = (values, shape) => tf.variable(moved(values, shape, HWIO));
  const k1 = kernels(w1, [8, 1, 3, 3]);
  const k2 = kernels(w2, [16, 8, 3, 3]);
  const [c1, c2, cd] = [b1, b2, bd].map((values) => tf.variable(tf.tensor1d(values)));
  // Features come in the order of rows, columns, channels here.
  const dense = tf.variable(
    tf.tidy(() => tf.reshape(tf.transpose(tf.tensor(wd, [10, 16, 7, 7]), [2, 3, 1, 0]), [784, 10])),
  );
  const input = tf.tensor4d(x, [batch, 28, 28, 1]);
  const target = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32');
  const logits = () => {
    let y = tf.maxPool(
      tf.fused.conv2d({ x: input, filter: k1, strides: 1, pad: 1, bias: c1, activation: 'relu' }),
      2,
      2,
      0,
    );
    y = tf.maxPool(tf.fused.conv2d({ x: y, filter: k2, strides: 1, pad: 1, bias: c2, activation: 'relu' }), 2, 2, 0);
    return tf.add(tf.matMul(tf.reshape(y, [batch, 784]), dense), cd);
  };
  const variables = [k1, c1, k2, c2, dense, cd];
  const optimizer = tf.train.sgd(rate);
  const run = () =>
    tf.tidy(
      () => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(target, logits()), true, variables).dataSync()[0],
    );
  return { prepare: () => use(backend), run, loss: run };
}
