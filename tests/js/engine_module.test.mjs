// dist/engine.mjs under node: what JavaScript is promised, beside the headless program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, dist, root } from '../../tools/lib/paths.mjs';
import { passHashes, trainedHash } from '../lib/engine_hashes.mjs';

const expected = JSON.parse(readFileSync(join(root, 'tests/hashes.json'), 'utf8'));
const { loadEngine, EngineError } = await import(pathToFileURL(join(dist, 'engine.mjs')));
const program = process.env.BACKSTEP_NATIVE ?? join(build, 'native/backstep');
const names = Object.keys(expected.passes);

let engine;
before(async () => (engine = await loadEngine()));

const refuses = (body, code, where) =>
  assert.throws(body, (error) => {
    assert.ok(error instanceof EngineError && error instanceof Error, String(error));
    assert.equal(error.code, code, error.message);
    if (where !== undefined) assert.equal(error.where, where);
    return true;
  });

const native = (...args) => {
  const { stdout, status } = spawnSync(program, [...args, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 27 });
  assert.equal(status, 0);
  return JSON.parse(stdout);
};

test('the recorded pass of each preset has its one hash', () => {
  assert.deepEqual(passHashes(engine, names), expected.passes);
});

test('100 training steps of a classifier give the one hash', () => {
  assert.equal(trainedHash(engine, expected.trained), expected.trained.hash);
});

test('at most 120 KB brotli with its module, and at most 32 MiB of memory at start', async (context) => {
  const files = ['engine.wasm', 'engine.mjs'].map((name) => brotliCompressSync(readFileSync(join(dist, name))).length);
  context.diagnostic(`${files.join(' + ')} bytes, ${engine.memoryBytes / 2 ** 20} MiB`);
  assert.ok(files[0] + files[1] <= 120_000, files.join(' + '));
  assert.ok((await loadEngine()).memoryBytes <= 32 * 2 ** 20);
});

test('counts, steps, cells and sentences are those of the headless program', () => {
  for (const name of names) {
    const net = engine.network(name);
    assert.deepEqual(net.info(), native('info', name));
    const steps = native('step', name, '--at', '0', '--count', '100000');
    assert.equal(net.steps, steps.length);
    const every = Math.max(1, Math.floor(steps.length / 60));
    for (let i = 0; i < steps.length; i += every) {
      const { index, phase, layer, cell, value, terms, narration } = steps[i];
      const step = net.step(index);
      assert.deepEqual([step.cell, step.phase, step.layer, step.terms], [cell, phase, layer, terms]);
      assert.ok(cell.startsWith(step.tensor));
      assert.equal(net.stepOf(cell), index);
      assert.equal(net.narrate(index), narration);
      assert.equal(net.narrate(cell, terms), narration);
      if (phase !== 'update') assert.equal(net.value(cell), Math.fround(value));
      const explanation = net.explain(cell);
      assert.equal(explanation.terms.length, terms);
      assert.equal(explanation.value, Math.fround(value));
      assert.deepEqual(explanation, net.explain(index));
    }
    net.dispose();
  }
});

test('an explanation names its operands by the cells that hold their values, and ends at the cell', () => {
  for (const name of names) {
    const net = engine.network(name);
    for (let step = 0; step < net.steps; step += 7) {
      const { phase } = net.step(step);
      const { terms, shared, finish, fold, folded, value } = net.explain(step);
      for (const { a, b } of terms) {
        for (const operand of [a, b].filter(Boolean)) {
          // dropout's mask and the like are no cells; everything else can be looked up
          if (!operand.cell.includes('.cache[')) assert.equal(net.value(operand.cell), operand.value, operand.cell);
        }
      }
      assert.ok(Array.isArray(shared));
      if (phase === 'update' || terms.length === 0) continue;
      assert.equal(terms.at(-1).total, folded);
      if (!finish) assert.equal(folded, value);
      assert.ok(['sum', 'maximum'].includes(fold));
    }
    net.dispose();
  }
});

test('tensors are views with a shape; set, edit and train change what they show', () => {
  const net = engine.network('pocket');
  const all = net.tensorNames();
  assert.deepEqual(all.slice(0, 5), ['input', 'target', 'conv1.weight', 'conv1.bias', 'conv1.y']);
  for (const name of all) {
    const count = net.shape(name).reduce((product, extent) => product * extent, 1);
    assert.ok(net.tensor(name) instanceof Float32Array);
    assert.equal(net.tensor(name).length, count, name);
  }
  const [before] = net.tensor('conv1.y');
  assert.equal(net.value('conv1.y[0,0,0]'), before);
  net.edit('input[0,0,0]=7;conv1.b[0]=-2');
  assert.equal(net.value('input[0,0,0]'), 7);
  assert.equal(net.tensor('conv1.bias')[0], -2);
  net.edit('input[0,0,0]=0;conv1.b[0]=0');
  assert.equal(net.hash(), expected.passes.pocket);
  const input = net.tensor('input').slice();
  net.set(
    'input',
    Array.from(input, (x) => 2 * x),
  );
  assert.equal(net.tensor('conv1.y')[0], 2 * before);
  net.set('input', input);
  net.set('target', [1]);
  assert.equal(net.value('target[0]'), 1);
  const first = net.train();
  assert.ok(net.train(20) < first);
  assert.notEqual(net.parametersHash(), engine.network('pocket').parametersHash());
  net.dispose();
});

test('what a network is can be written and read: scene document and weights', () => {
  const net = engine.network('tiny-cnn', { edit: 'input[0,0,0]=0.5' });
  net.train(3);
  const again = engine.network(net.document());
  assert.equal(again.hash(), net.hash());
  const fresh = engine.network('tiny-cnn', { edit: 'input[0,0,0]=0.5' });
  const file = net.weights();
  assert.notEqual(fresh.parametersHash(), net.parametersHash());
  fresh.setWeights(file);
  assert.equal(fresh.parametersHash(), net.parametersHash());
  refuses(() => fresh.setWeights(file.subarray(0, 100)), 'safetensors.truncated');
  assert.equal(engine.network(JSON.parse(engine.presets()[0].document)).hash(), expected.passes.pocket);
});

test('NaN and infinity come through', () => {
  const net = engine.network('pocket');
  net.set('input', new Float32Array(36).fill(Infinity));
  assert.ok(Number.isNaN(net.explain('conv1.y[0,0,0]').value));
  assert.equal(net.explain('conv1.y[0,0,0]').terms[0].a.value, Infinity);
  assert.ok(Number.isNaN(net.train()));
});

test('a scene with shapes only is counted and nothing else', () => {
  const net = engine.network({
    backstep: 1,
    input: { shape: [1, 1, 256, 256] },
    layers: [{ op: 'flatten' }, { op: 'dense', out: 12_582_912 }],
  });
  assert.equal(net.info().total.parameters, 65_536 * 12_582_912 + 12_582_912);
  for (const body of [
    () => net.forward(),
    () => net.hash(),
    () => net.tensor('input'),
    () => net.weights(),
    () => net.steps,
  ])
    refuses(body, 'network.shapes_only');
});

test('a single convolution: the layer of a network gives the same', () => {
  const net = engine.network('tiny-cnn');
  const conv = engine.conv2d({ input: [1, 1, 14, 14], out: 4, kernel: 3 });
  const tensor = (name) => net.tensor(name).slice();
  conv.set('x', tensor('input'));
  conv.set('w', tensor('conv1.weight'));
  conv.set('b', tensor('conv1.bias'));
  conv.set('dy', tensor('relu1.dx'));
  conv.forward();
  assert.deepEqual(conv.get('y').slice(), tensor('conv1.y'));
  conv.forward({ relu: true });
  assert.deepEqual(conv.get('y').slice(), tensor('relu1.y'));
  conv.backwardInput();
  conv.backwardWeights();
  assert.deepEqual(conv.get('dx').slice(), tensor('conv1.dx'));
  assert.deepEqual(conv.get('dw').slice(), tensor('conv1.dw'));
  assert.deepEqual(conv.get('db').slice(), tensor('conv1.db'));
  assert.deepEqual(conv.shapes.dw, [4, 1, 3, 3]);
  refuses(() => conv.set('x', [1, 2, 3]), 'tensor.count', 'x');
  refuses(() => conv.set('x', new Float32Array(2 ** 27)), 'tensor.count', 'x');
  refuses(() => conv.set('y', [1]), 'tensor.name');
  refuses(() => conv.get('z'), 'engine.argument', 'name');
  conv.dispose();
  refuses(() => conv.forward(), 'engine.disposed');
  refuses(() => engine.conv2d({ input: [1, 1, 4, 4], out: 1, kernel: 7 }), 'scene.shape');
  refuses(() => engine.conv2d({ input: [1, 1, 4, 4], out: 1 }), 'scene.missing', 'kernel');
});

test('errors have a code and a place, and leave the engine as it was', () => {
  refuses(() => engine.network('no-such-preset'), 'scene.preset');
  refuses(() => engine.network('{"backstep":1'), 'scene.json');
  refuses(() => engine.network(7), 'engine.argument', 'scene');
  refuses(() => engine.network('pocket', { edit: 'input[9,9]=1' }), 'scene.range', 'edit');
  refuses(() => engine.network('pocket', { batch: -1 }), 'engine.argument', 'batch');
  refuses(() => engine.network('pocket', { batch: 2 ** 40 }), 'network.batch', 'batch');
  const net = engine.network('pocket');
  refuses(() => net.tensor('conv7.y'), 'tensor.name', 'conv7.y');
  refuses(() => net.tensor(3), 'engine.argument', 'name');
  refuses(() => net.set('input', [1]), 'tensor.count', 'input');
  refuses(() => net.set('input', 'text'), 'engine.argument', 'values');
  refuses(() => net.set('target', [5]), 'tensor.range', 'target');
  refuses(() => net.explain('conv1.y[9,9]'), 'cell.name');
  refuses(() => net.value('nothing'), 'cell.name');
  for (const step of [-1, 155, 0.5, NaN, 2 ** 60]) refuses(() => net.step(step), 'cell.step');
  refuses(() => net.narrate(0, 99), 'cell.term');
  refuses(() => net.train(0), 'network.steps');
  refuses(() => engine.network('single-conv').train(), 'network.loss');
  refuses(() => engine.drawDataset({ height: 4, width: 4, count: 2 }), 'dataset.shape');
  refuses(() => engine.drawDataset({ height: 14, width: 14, count: 1e9 }), 'dataset.shape');
  assert.equal(net.hash(), expected.passes.pocket);
  net.dispose();
  net.dispose();
  refuses(() => net.hash(), 'engine.disposed');
});

test('several engines have nothing to do with each other, and disposing gives memory back', async () => {
  const other = await loadEngine({ wasm: readFileSync(join(dist, 'engine.wasm')) });
  const mine = engine.network('pocket');
  const theirs = other.network('pocket', { edit: 'input[0,0,0]=5' });
  assert.notEqual(mine.hash(), theirs.hash());
  assert.equal(mine.hash(), expected.passes.pocket);
  for (let round = 0; round < 3; round++) other.network('tiny-cnn', { batch: 64 }).dispose();
  const size = other.memoryBytes;
  for (let round = 0; round < 200; round++) {
    const net = other.network('tiny-cnn', { batch: 64 });
    net.train();
    net.dispose();
    if (round > 2) assert.ok(other.memoryBytes <= size + 2 ** 24, `${other.memoryBytes} bytes in round ${round}`);
  }
});

test('training allocates nothing after its first step', () => {
  const net = engine.network('tiny-cnn', { batch: 32 });
  net.train(2);
  const size = engine.memoryBytes;
  const address = net.tensor('conv1.weight').byteOffset;
  net.train(50);
  assert.equal(engine.memoryBytes, size);
  assert.equal(net.tensor('conv1.weight').byteOffset, address);
});

/** Names of the members that an interface of engine.d.ts declares. */
function declared(name) {
  const types = readFileSync(join(dist, 'engine.d.ts'), 'utf8').replace(/\/\*\*.*?\*\//gs, '');
  const body = new RegExp(`export interface ${name} [^{]*\\{(.*?)\\n\\}`, 's').exec(types)[1];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, member]) => member).sort();
}

test('engine.d.ts declares what there is', () => {
  const net = engine.network('pocket');
  const conv = engine.conv2d({ input: [1, 1, 4, 4], out: 1, kernel: 3 });
  const members = (object) => {
    const own = Object.getOwnPropertyNames(object);
    const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(object));
    return [...own, ...inherited].filter((name) => name !== 'constructor').sort();
  };
  assert.deepEqual(declared('Engine'), members(engine));
  assert.deepEqual(declared('Network'), members(net));
  assert.deepEqual(declared('Convolution'), members(conv));
  const keys = (object) => Object.keys(object).sort();
  assert.deepEqual(declared('Step'), keys(net.step(0)));
  assert.deepEqual(declared('Explanation'), keys(net.explain(0)));
  assert.deepEqual(declared('Term'), keys(net.explain(0).terms[0]));
  assert.deepEqual(declared('NamedValue'), keys(net.explain(0).terms[0].a));
  assert.deepEqual(declared('NetworkInfo'), keys(net.info()));
  assert.deepEqual(declared('Cost'), keys(net.info().total));
  assert.deepEqual([...declared('LayerInfo'), ...declared('Cost')].sort(), keys(net.info().layers[0]));
  assert.deepEqual(declared('Preset'), keys(engine.presets()[0]));
  assert.deepEqual(declared('Dataset'), keys(engine.drawDataset({ height: 8, width: 8, count: 1 })));
});
