// ONNX Runtime for the web, WebAssembly, one thread. It has no gradients: the one of the input is a "-rewrite" as a
// convolution of dy with the turned kernel.
import { convolutionModel } from './onnx.mjs';

let ort;
export async function start() {
  ort = await import('/peers/onnxruntime-web/dist/ort.wasm.min.mjs');
  Object.assign(ort.env.wasm, { numThreads: 1, simd: true, proxy: false, wasmPaths: '/peers/onnxruntime-web/dist/' });
  ort.env.logLevel = 'error';
}

const options = {
  executionProviders: ['wasm'],
  graphOptimizationLevel: 'all',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
};

/** [OC,CG,KH,KW] as [C,OG,KH,KW], every plane turned by 180 degrees. */
function turned(w, { oc, c, kh, kw, groups }) {
  const [og, cg, area] = [oc / groups, c / groups, kh * kw];
  const out = new Float32Array(w.length);
  for (let o = 0; o < oc; o++) {
    const group = Math.floor(o / og);
    for (let i = 0; i < cg; i++) {
      const plane = w.subarray((o * cg + i) * area, (o * cg + i + 1) * area);
      out.set(plane.slice().reverse(), ((group * cg + i) * og + (o % og)) * area);
    }
  }
  return out;
}

export async function contenders(row, { x, w, b, dy }) {
  const { n, c, h, w: width, oc, oh, ow, kh, kw, stride, pad, groups, pass } = row;
  const image = [n, c, h, width];
  const output = [n, oc, oh, ow];
  let model;
  let feeds;
  let name = 'ort-web';
  if (pass === 'forward') {
    model = convolutionModel({ x: image, w: [oc, c / groups, kh, kw], y: output, stride, pad, groups }, w, b);
    feeds = { x: new ort.Tensor('float32', x, image) };
  } else if (pass === 'backward_input' && stride === 1 && kh === kw && pad < kh) {
    const shapes = { x: output, w: [c, oc / groups, kh, kw], y: image, stride: 1, pad: kh - 1 - pad, groups };
    model = convolutionModel(shapes, turned(w, row));
    feeds = { x: new ort.Tensor('float32', dy, output) };
    name = 'ort-web-rewrite';
  } else return { found: {}, dispose() {} };
  const session = await ort.InferenceSession.create(model, options);
  const run = () => session.run(feeds);
  const found = { [name]: { asynchronous: true, run, result: async () => (await run()).y.data } };
  return { found, dispose: () => session.release() };
}
