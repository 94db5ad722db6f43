// The headless program, native and as WebAssembly under node: the same arguments must give the same output, the same
// error and the same exit code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const native = process.env.BACKSTEP_NATIVE ?? join(root, 'build/native/backstep');
const module = process.env.BACKSTEP_MODULE ?? join(root, 'dist/backstep-cli.mjs');
const vectors = join(root, 'tests/vectors');
const pocket = readFileSync(join(root, 'engine/presets/pocket.json'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'backstep-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const start = (command, args, input) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, input, encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
};

/** Both programs; what they say must be the same. */
function run(args, input = '') {
  const first = start(native, args, input);
  const second = start(process.execPath, [module, ...args], input);
  assert.deepEqual(second, first, `backstep ${args.join(' ')}`);
  return first;
}

function succeeds(args, input) {
  const result = run(args, input);
  assert.equal(result.stderr, '');
  assert.equal(result.status, 0);
  return result.stdout;
}

/** One line on standard error, nothing on standard output. */
function refuses(args, status, pattern, input) {
  const result = run(args, input);
  assert.equal(result.status, status, result.stderr);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /^backstep: [^\n]+\n$/);
  assert.match(result.stderr, pattern);
}

const tensors = (file) => {
  const bytes = readFileSync(join(folder, file));
  const length = Number(bytes.readBigUInt64LE(0));
  assert.equal(length % 8, 0);
  return JSON.parse(bytes.subarray(8, 8 + length).toString());
};

test('hash: 16 hex digits and nothing else, the same from a preset, a file and standard input', () => {
  const hash = succeeds(['hash', 'pocket']);
  assert.match(hash, /^[0-9a-f]{16}\n$/);
  writeFileSync(join(folder, 'scene.json'), pocket);
  assert.equal(succeeds(['hash', 'scene.json']), hash);
  assert.equal(succeeds(['hash', '-'], pocket), hash);
  assert.equal(JSON.parse(succeeds(['hash', 'pocket', '--json'])).hash, hash.trim());
  assert.notEqual(succeeds(['hash', 'single-conv']), hash);
});

test('info: the presets of the contract, and a table for each', () => {
  const names = JSON.parse(succeeds(['info', '--list', '--json'])).map(({ name }) => name);
  assert.equal(names[0], 'pocket');
  for (const name of ['pocket', 'tiny-cnn', 'single-conv', 'edge-detect', 'stride-padding', 'max-pool']) {
    assert.ok(names.includes(name), name);
    assert.match(
      succeeds(['info', name]),
      /\nlayer +output +parameters +if dense +multiply-adds +field +jump +start\n/,
    );
  }
  assert.deepEqual(
    succeeds(['info', '--list'])
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
    names,
  );
  const info = JSON.parse(succeeds(['info', 'pocket', '--json']));
  assert.equal(info.steps, 155);
  assert.deepEqual(info.layers[0].receptive_field, [3, 3]);
  assert.equal(info.total.parameters, 20);
});

test('info: networks too large to be stored are counted', () => {
  const scene = JSON.stringify({
    backstep: 1,
    input: { shape: [1, 3, 256, 256] },
    layers: [{ op: 'flatten' }, { op: 'dense', out: 4194304 }],
  });
  const text = succeeds(['info', '-'], scene);
  assert.match(text, /824,637,915,136/);
  assert.match(text, /3\.30 TB/);
  assert.equal(JSON.parse(succeeds(['info', '-', '--json'], scene)).total.multiply_adds, 824633720832);
  refuses(['hash', '-'], 1, /shapes only/, scene);
});

test('step: numbered sentences, found by number or by the name of a cell', () => {
  const all = succeeds(['step', 'pocket', '--at', '0', '--count', '155']).trimEnd().split('\n');
  assert.equal(all.length, 155);
  all.forEach((line, i) => assert.match(line, new RegExp(`^${i}\t\\S.+$`)));
  assert.equal(succeeds(['step', 'pocket', '--at', '42']), `${all[42]}\n`);
  assert.equal(succeeds(['step', 'pocket', '--at', '150', '--count', '100']), `${all.slice(150).join('\n')}\n`);
  const [step] = JSON.parse(succeeds(['step', 'pocket', '--at', 'conv1.dw[0,0,1,2]', '--json']));
  assert.equal(step.cell, 'conv1.dw[0,0,1,2]');
  assert.equal(step.phase, 'backward');
  assert.equal(step.terms, 16);
  assert.equal(`${step.index}\t${step.narration}`, all[step.index]);
});

test('stops: every text of a playlist with its numbers, and where each stop stands', () => {
  const tour = join(root, 'web/lessons/tour.json');
  const lines = succeeds(['stops', tour]).trimEnd().split('\n');
  const stops = JSON.parse(succeeds(['stops', tour, '--json']));
  assert.equal(lines.length, stops.length);
  assert.equal(lines[1], `2\t${stops[1].title}\t${stops[1].text}`);
  assert.match(stops[1].text, /-?\d/);
  assert.doesNotMatch(lines.join(''), /[{}]/);
  assert.equal(stops[1].cell, 'conv1.y[0,0,0]');
  assert.equal(succeeds(['hash', '-'], JSON.stringify(stops[0].scene)), succeeds(['hash', 'pocket']));
  const wrong = { playlist: 1, stops: [{ text: '{conv9.y[0,0,0]}' }] };
  refuses(['stops', '-'], 1, /stops\[0\]\.text: expected a placeholder/, JSON.stringify(wrong));
  refuses(['stops', 'nowhere.json'], 2, /nowhere\.json/);
});

test('step: a number that the scene covers is asked for, not told', () => {
  const covered = pocket.replace('{', '{ "covers": ["conv1.y[0,0,0]"],');
  const [first, second] = succeeds(['step', '-', '--at', '0', '--count', '2'], covered).trimEnd().split('\n');
  assert.match(first, /^0\tconv1\.y\[0,0,0\]: .*\?$/);
  assert.equal(second, succeeds(['step', 'pocket', '--at', '1']).trimEnd());
  const [step] = JSON.parse(succeeds(['step', '-', '--at', '0', '--json'], covered));
  assert.deepEqual([step.value, step.bits], [null, null]);
});

test('svg: a step as the page draws it, in any theme and size', () => {
  const text = (name) => readFileSync(join(folder, name), 'utf8');
  const sentence = succeeds(['step', 'pocket', '--at', '41']).trim().split('\t')[1];
  assert.equal(succeeds(['svg', 'pocket', '--at', '41', '--out', 'step.svg']), '');
  assert.match(text('step.svg'), /^<svg xmlns="[^"]+" role="img" viewBox="0 0 960 600" width="960" height="600">/);
  assert.match(text('step.svg'), /<\/svg>\n$/);
  const unescaped = text('step.svg').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<');
  assert.ok(unescaped.replaceAll('&gt;', '>').replaceAll('&amp;', '&').includes(`<desc>${sentence}</desc>`), sentence);
  // Nothing to load, nothing to run: the file is a picture wherever it is put.
  assert.doesNotMatch(text('step.svg'), /<script|<image|<foreignObject|@import|url\((?!#)|href=/);

  const size = ['--width', '480', '--height', '400', '--theme', 'dark', '--term', '3'];
  const report = JSON.parse(
    succeeds(['svg', 'pocket', '--at', 'conv1.y[0,1,2]', '--out', 'dark.svg', ...size, '--json']),
  );
  assert.deepEqual([report.file, report.cell, report.term, report.grain], ['dark.svg', 'conv1.y[0,1,2]', 3, 'product']);
  assert.match(text('dark.svg'), /viewBox="0 0 480 400"/);
  assert.ok(text('dark.svg').includes('</desc>'));
  succeeds(['svg', 'pocket', '--at', 'conv1.y[0,1,2]', '--out', 'whole.svg', ...size.slice(0, 6)]);
  assert.notEqual(text('whole.svg'), text('dark.svg'));
  // Both programs wrote the same files, number for number.
  start(native, ['svg', 'max-pool', '--at', '9', '--out', 'n.svg']);
  start(process.execPath, [module, 'svg', 'max-pool', '--at', '9', '--out', 'w.svg']);
  assert.equal(text('n.svg'), text('w.svg'));
});

test('verify: passes on the reference vectors, counts files, goes on after a broken one', () => {
  const count = readdirSync(vectors).filter((name) => name.endsWith('.safetensors')).length;
  assert.equal(succeeds(['verify', vectors]), `${count} passed, 0 failed\n`);

  const cases = join(folder, 'cases');
  mkdirSync(cases);
  copyFileSync(join(vectors, 'relu_zeros.safetensors'), join(cases, 'a.safetensors'));
  writeFileSync(join(cases, 'b.safetensors'), 'nonsense');
  const wrong = readFileSync(join(vectors, 'dense_basic.safetensors'));
  wrong.writeFloatLE(1e6, wrong.length - 4);
  writeFileSync(join(cases, 'c.safetensors'), wrong);
  const unknown = readFileSync(join(vectors, 'relu_zeros.safetensors'));
  unknown.write('gelu', unknown.indexOf('"relu"') + 1);
  writeFileSync(join(cases, 'd.safetensors'), unknown);
  writeFileSync(join(cases, 'notes.txt'), 'no case');
  const result = run(['verify', 'cases']);
  assert.equal(result.status, 1);
  const lines = result.stdout.trimEnd().split('\n');
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^FAIL cases\/b\.safetensors: byte /);
  assert.match(lines[1], /^FAIL cases\/c\.safetensors: \w+\[[\d,]+\]: got .+, want .+, tolerance .+$/);
  assert.match(lines[2], /^FAIL cases\/d\.safetensors: unknown op gelu$/);
  assert.equal(lines[3], '1 passed, 3 failed');

  const report = JSON.parse(run(['verify', 'cases', '--json']).stdout);
  assert.deepEqual([report.passed, report.failed, report.cases.length], [1, 3, 4]);
  assert.equal(report.cases[2].failures[0].tolerance > 0, true);
  assert.equal(
    succeeds(['verify', 'cases/a.safetensors', join(vectors, 'tanh_basic.safetensors')]),
    '2 passed, 0 failed\n',
  );
});

test('run: every activation and gradient in one file', () => {
  assert.equal(succeeds(['run', 'pocket', '--out', 'pass.safetensors']), '');
  const { __metadata__, ...file } = tensors('pass.safetensors');
  assert.equal(__metadata__.hash, succeeds(['hash', 'pocket']).trim());
  const shapes = Object.fromEntries(Object.entries(file).map(([name, { shape }]) => [name, shape.join('x')]));
  assert.equal(shapes.input, '1x1x6x6');
  assert.equal(shapes['conv1.weight'], '1x1x3x3');
  assert.equal(shapes['conv1.y'], '1x1x4x4');
  assert.equal(shapes['dense1.dw'], '2x4');
  assert.equal(shapes['loss.p'], '1x2');
  assert.equal(shapes['loss.value'], '1');
  for (const name of ['conv1.bias', 'conv1.db', 'conv1.dx', 'relu1.y', 'relu1.dx', 'flatten1.y', 'loss.dx']) {
    assert.ok(name in shapes, name);
  }
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.part')),
    [],
  );
});

test('run: one tensor as .npy, which is an input again', () => {
  succeeds(['run', 'pocket', '--tensor', 'input', '--out', 'x.npy']);
  const bytes = readFileSync(join(folder, 'x.npy'));
  assert.match(
    bytes.toString('latin1'),
    /^\x93NUMPY\x01\x00v\x00\{'descr': '<f4', 'fortran_order': False, 'shape': \(1, 1, 6, 6\), \} +\n/,
  );
  assert.equal(succeeds(['hash', 'pocket', '--input', 'x.npy']), succeeds(['hash', 'pocket']));
  bytes.writeFloatLE(7.5, bytes.length - 4);
  writeFileSync(join(folder, 'y.npy'), bytes);
  assert.notEqual(succeeds(['hash', 'pocket', '--input', 'y.npy']), succeeds(['hash', 'pocket']));
  succeeds(['run', 'pocket', '--tensor', 'conv1.dw', '--out', 'dw.npy']);
  refuses(['hash', 'pocket', '--input', 'dw.npy'], 1, /dw\.npy: expected shape \[1,1,6,6\], found \[1,1,3,3\]/);
  refuses(['hash', 'pocket', '--input', 'no-such.npy'], 2, /no-such\.npy/);
  refuses(['run', 'pocket', '--tensor', 'conv9.dw', '--out', 'z.npy'], 2, /this pass has input, conv1\.weight/);
});

test('train: the same weights from both, which the other commands take', () => {
  const args = ['train', 'tiny-cnn', '--epochs', '2', '--seed', '3', '--save', 'trained.safetensors'];
  const line = succeeds(args).trimEnd().split('\n').at(-1);
  const [, accuracy] = line.match(/^accuracy (\S+) hash [0-9a-f]{16}$/);
  assert.ok(accuracy > 0.5 && accuracy <= 1);
  const weights = readFileSync(join(folder, 'trained.safetensors'));
  const hash = succeeds(['hash', 'tiny-cnn', '--weights', 'trained.safetensors']);
  assert.notEqual(hash, succeeds(['hash', 'tiny-cnn']));
  assert.notEqual(
    succeeds([...args.slice(0, 5), '4', ...args.slice(6)])
      .trimEnd()
      .split('\n')
      .at(-1),
    line,
  );
  assert.notDeepEqual(readFileSync(join(folder, 'trained.safetensors')), weights);
  refuses(['hash', 'pocket', '--weights', 'trained.safetensors'], 1, /conv1\.weight: expected shape \[1,1,3,3\]/);
  refuses(['train', 'single-conv', '--epochs', '1'], 1, /classifier/);
});

test('gradcheck: passes on every preset, fails where nothing is tolerated', () => {
  for (const { name } of JSON.parse(succeeds(['info', '--list', '--json']))) {
    if (JSON.parse(succeeds(['info', name, '--json'])).shapes_only) continue;
    assert.match(succeeds(['gradcheck', name]), /\npassed\n$/);
  }
  const result = run(['gradcheck', 'tiny-cnn', '--tolerance', '0', '--samples', '3', '--json']);
  assert.equal(result.status, 1);
  const report = JSON.parse(result.stdout);
  assert.equal(report.passed, false);
  assert.equal(report.gradients[0].checked + report.gradients[0].left_out, 3);
});

test('exit code 2 and one line for wrong use and for paths that do not exist', () => {
  refuses([], 2, /subcommand|command/);
  refuses(['frobnicate'], 2, /no command frobnicate/);
  refuses(['hash'], 2, /SCENE/);
  refuses(['info'], 2, /SCENE/);
  refuses(['hash', 'pocket', '--frobnicate'], 2, /--frobnicate/);
  refuses(['hash', 'no-such-scene.json'], 2, /no-such-scene\.json.*pocket/);
  refuses(['hash', 'pocket', '--weights', 'no-such-file'], 2, /no-such-file/);
  refuses(['verify'], 2, /PATH/);
  refuses(['verify', 'no-such-folder'], 2, /no-such-folder/);
  refuses(['step', 'pocket', '--at', '155'], 2, /0 to 154/);
  refuses(['step', 'pocket', '--at', '-1'], 2, /0 to 154/);
  refuses(['step', 'pocket', '--at', 'conv7.y[0]'], 2, /conv7\.y/);
  refuses(['step', 'pocket', '--at', '0', '--count', '0'], 2, /--count/);
  refuses(['step', 'pocket'], 2, /--at/);
  refuses(['svg', 'pocket', '--out', 'a.svg'], 2, /--at/);
  refuses(['svg', 'pocket', '--at', '1'], 2, /--out/);
  refuses(['svg', 'pocket', '--at', '155', '--out', 'a.svg'], 2, /0 to 154/);
  refuses(['svg', 'pocket', '--at', '0', '--term', '11', '--out', 'a.svg'], 2, /0 to 10/);
  refuses(['svg', 'pocket', '--at', '0', '--width', '9', '--out', 'a.svg'], 2, /--width/);
  refuses(['svg', 'pocket', '--at', '0', '--theme', 'pink', '--out', 'a.svg'], 2, /--theme/);
  refuses(['svg', 'pocket', '--at', '0', '--out', 'no-such-folder/a.svg'], 2, /no such folder/);
  refuses(['run', 'pocket'], 2, /--out/);
  refuses(['run', 'pocket', '--out', 'no-such-folder/file'], 2, /no such folder/);
  refuses(['train', 'tiny-cnn', '--save', 'no-such-folder/file'], 2, /no such folder/);
});

test('exit code 1 and one line for documents that are wrong', () => {
  refuses(['hash', '-'], 1, /stdin: .*JSON/, 'nonsense');
  refuses(['hash', '-'], 1, /stdin: /, '');
  refuses(['hash', '-'], 1, /layers\[0\]\.kernel/, pocket.replace('[3, 3]', '[0, 3]'));
  refuses(['hash', '-'], 1, /zero byte/, `${pocket}\0rest`);
  writeFileSync(join(folder, 'broken.safetensors'), 'nonsense');
  refuses(['hash', 'pocket', '--weights', 'broken.safetensors'], 1, /broken\.safetensors: byte /);
});

test('help with examples for each command', () => {
  const commands = succeeds(['--help']);
  for (const command of ['verify', 'info', 'step', 'stops', 'hash', 'svg', 'run', 'gradcheck', 'train']) {
    assert.match(commands, new RegExp(`^ +${command} `, 'm'));
    assert.match(succeeds([command, '--help']), new RegExp(`Examples:\n  backstep ${command} `));
  }
  assert.match(succeeds(['--version']), /^backstep \d+\.\d+\.\d+\n$/);
});
