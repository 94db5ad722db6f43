// The listings that the page shows, run by NumPy: they must give the engine's numbers, bit for bit in float32.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const native = process.env.BACKSTEP_NATIVE ?? join(root, 'build/native/backstep');
const folder = mkdtempSync(join(tmpdir(), 'backstep-listings-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A Python that has NumPy, or nothing. */
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
);
const options = python ? {} : { skip: 'no python3 with numpy on this machine: the listings were not run' };

const picture = (seed) =>
  Array.from({ length: 6 }, (_, h) => Array.from({ length: 6 }, (_, w) => ((h * 7 + w * 3 + seed) % 11) / 3 - 1));

// Every layer, both losses, all optimizers; strides, paddings, dilations, groups, a turned kernel, a batch.
const scenes = {
  'every layer': {
    seed: 3,
    input: { shape: [1, 2, 6, 6], data: [picture(0), picture(4)] },
    layers: [
      { op: 'conv2d', out: 2, kernel: [3, 3], groups: 2, dilation: [2, 2], padding: [2, 2], flip: true },
      { op: 'batch_norm' },
      { op: 'leaky_relu' },
      { op: 'avg_pool2d', kernel: [2, 2] },
      { op: 'conv_transpose2d', out: 2, kernel: [3, 3], stride: [2, 2] },
      { op: 'tanh' },
      { op: 'dropout', rate: 0.5 },
      { op: 'max_pool2d', kernel: [3, 3], stride: [2, 2] },
      { op: 'sigmoid' },
      { op: 'relu' },
      { op: 'global_avg_pool2d' },
      { op: 'flatten' },
      { op: 'dense', out: 3 },
    ],
    loss: { op: 'mse' },
    target: [[1, 0, 0.5]],
    optimizer: { op: 'adam', lr: 0.01 },
  },
  'a batch, strides and borders': {
    seed: 5,
    input: { shape: [2, 2, 6, 6], data: [1, 2].map((n) => [picture(n), picture(n + 5)]) },
    layers: [
      { op: 'conv2d', out: 4, kernel: [3, 2], stride: [2, 1], padding: [1, 0, 2, 1], bias: false },
      { op: 'max_pool2d', kernel: [2, 2], stride: [1, 1], padding: [1, 1] },
      { op: 'conv_transpose2d', out: 2, kernel: [2, 3], groups: 2, padding: [0, 1], dilation: [1, 2] },
      { op: 'avg_pool2d', kernel: [3, 3], stride: [2, 2], padding: [1, 1], count_include_pad: false },
      { op: 'batch_norm', training: false, running_mean: [0.5, -1], running_var: [2, 0.25] },
      { op: 'flatten' },
      { op: 'dense', out: 3, bias: false },
    ],
    loss: { op: 'softmax_cross_entropy' },
    target: [0, 2],
    optimizer: { op: 'sgd', lr: 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true },
  },
};

function check(scene) {
  const backstep = (...args) => {
    const { status, stdout, stderr } = spawnSync(native, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const [code, pass, steps] = ['code.json', 'pass.safetensors', 'steps.json'].map((name) => join(folder, name));
  writeFileSync(code, backstep('code', scene, '--json'));
  backstep('run', scene, '--out', pass);
  writeFileSync(steps, backstep('step', scene, '--at', '0', '--count', '1000000', '--json'));
  const { status, stdout, stderr } = spawnSync(python, [join(root, 'tests/js/listings.py'), code, pass, steps], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^(\d+) of \1 tensors agree\n$/);
}

for (const preset of ['pocket', 'single-conv', 'edge-detect', 'stride-padding', 'max-pool', 'tiny-cnn']) {
  test(`the listings of ${preset} give the engine's bits`, options, () => check(preset));
}

for (const [name, scene] of Object.entries(scenes)) {
  test(`the listings of ${name} give the engine's bits`, options, () => {
    const path = join(folder, 'scene.json');
    writeFileSync(path, JSON.stringify({ backstep: 1, title: name, ...scene }));
    check(path);
  });
}

test('code prints the loops of one tensor, no line wider than the page shows', () => {
  const { stdout, status } = spawnSync(native, ['code', 'pocket', '--tensor', 'conv1.dx'], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /^# conv1\.dx\nN = 1\.0\n/);
  assert.match(stdout, /\n {6}s \+= dy\[n,o,i,j\] \* w\[o,c%CG,p,q\]\n/);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 44, line);
});
