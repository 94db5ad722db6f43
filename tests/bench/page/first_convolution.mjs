// A page's first convolution with TensorFlow.js and its WebAssembly backend: the module holds nothing that is not needed.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { conv2d, env, ones, ready, setBackend } from '@tensorflow/tfjs-core';

setWasmPaths('/peers/@tensorflow/tfjs-backend-wasm/dist/');
env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
await setBackend('wasm');
await ready();
conv2d(ones([1, 28, 28, 8]), ones([3, 3, 8, 16]), 1, 'same').dataSync();
globalThis.readyAfter = performance.now();
