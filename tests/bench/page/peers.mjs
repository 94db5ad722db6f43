// The peers that come as CommonJS or as modules without paths, made one file by tests/bench/bundle.mjs. TensorFlow.js
// with its gradients, which its own single file leaves out.
import '@tensorflow/tfjs-backend-cpu';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import convnetjs from 'convnetjs';

export { convnetjs, core as tf, wasm };
