// The parts of the bench that compute: statistics, shapes files, the reference, the report. Nothing here is timed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { addBlocks, slowOnes } from '../bench/measure.mjs';
import { distance, reference, tensors } from '../bench/page/numbers.mjs';
import { plot } from '../bench/plot.mjs';
import { contention, peersOf, rowOf, shareOfCeiling, table, tableOf } from '../bench/report.mjs';
import { measured, parseShapes, standardRows } from '../bench/shapes.mjs';
import { median, paired, quantile, quiet, summary } from '../bench/statistics.mjs';
import { Failure } from '../../tools/lib/run.mjs';

const block = (round, samples, probe = 1) => ({ round, samples, probe });

test('quantiles lie between the values', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(quantile([10, 20, 30], 0.1), 12);
  assert.equal(quantile([7], 0.9), 7);
});

test('blocks that had to share the core are dropped, unless too few would be left', () => {
  const blocks = [1, 1.1, 1.2, 1.3, 9].map((probe, round) => block(round, [1], probe));
  assert.deepEqual(
    quiet(blocks, 1).map(({ probe }) => probe),
    [1, 1.1, 1.2],
  );
  assert.deepEqual(
    quiet(blocks.slice(2).reverse(), 1).map(({ probe }) => probe),
    [1.2, 1.3, 9],
  );
});

test('a summary is the median of medians, and p10 of all samples', () => {
  const blocks = [block(0, [1, 2, 30]), block(1, [4, 4, 4]), block(2, [6, 6, 6]), block(3, [0.1, 0.1], 5)];
  assert.deepEqual(summary(blocks, 1, 8e6), { ms: 4, p10: quantile([1, 2, 30, 4, 4, 4, 6, 6, 6], 0.1), gflops: 2 });
});

test('ratios are those of blocks of the same round', () => {
  const slower = [block(0, [10]), block(1, [40]), block(2, [90]), block(3, [1], 7)];
  const faster = [block(0, [5]), block(1, [10]), block(2, [30]), block(3, [1]), block(4, [1])];
  assert.deepEqual(paired(slower, faster, 1), { ratio: 3, p10: 2.2, pairs: 3 });
});

test('who takes twenty times as long sits out after three rounds', () => {
  const three = (ms) => [0, 1, 2].map((round) => block(round, [ms]));
  const blocks = { engine: three(1), quick: three(19), slow: three(21), new: three(50).slice(1), ceiling: three(99) };
  assert.deepEqual(slowOnes(blocks), ['slow']);
  assert.equal(addBlocks(blocks, { quick: three(1), other: three(2) }).quick.length, 6);
  assert.equal(blocks.other.length, 3);
});

const row = { name: 'B', n: 1, c: 2, h: 5, w: 4, oc: 4, kh: 3, kw: 2, stride: 2, pad: 1, groups: 2, pass: 'forward' };

test('a shapes file gives rows with their outputs and work', () => {
  const [found] = parseShapes(JSON.stringify([row]));
  assert.deepEqual(found, row);
  const { oh, ow, flops } = measured(found);
  assert.deepEqual([oh, ow, flops], [3, 3, 2 * 4 * 3 * 3 * 1 * 3 * 2]);
  const { pass, stride, pad, groups, ...least } = row;
  assert.deepEqual(parseShapes(JSON.stringify([least])), [{ ...least, pass: 'forward', stride: 1, pad: 0, groups: 1 }]);
  assert.equal(standardRows.length, 24);
  for (const { flops: work, oh: rows, ow: columns } of standardRows.map(measured))
    assert.ok(work > 0 && rows > 0 && columns > 0);
});

test('a shapes file that is wrong is refused at its place', () => {
  const refused = (text, message) =>
    assert.throws(
      () => parseShapes(text),
      (error) => {
        assert.ok(error instanceof Failure);
        assert.match(error.message, message);
        return true;
      },
    );
  const one = (change) => JSON.stringify([row, { ...row, ...change }]);
  refused('[', /not JSON/);
  refused('{}', /expected an array/);
  refused('[]', /expected an array/);
  refused('[3]', /shapes\[0\]: expected an object/);
  refused(one({ pass: 'backward' }), /shapes\[1\]\.pass: expected one of forward, backward_input, backward_weights/);
  refused(one({ name: '' }), /shapes\[1\]\.name/);
  refused(one({ oc: 0 }), /shapes\[1\]\.oc: expected a whole number from 1/);
  refused(one({ h: 1.5 }), /shapes\[1\]\.h/);
  refused(one({ kw: undefined }), /shapes\[1\]\.kw/);
  refused(one({ padding: 1 }), /shapes\[1\]\.padding: no such key/);
  refused(one({ groups: 3 }), /shapes\[1\]: 3 groups do not divide 2 and 4 channels/);
  refused(one({ kh: 8 }), /shapes\[1\]: the kernel is larger than the padded input/);
});

test('the reference: gradients are those of its forward sum', () => {
  const given = { ...measured(row) };
  const numbers = tensors(given);
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const y = (changed) =>
    reference({ ...given, pass: 'forward' }, { ...numbers, b: numbers.b.map(() => 0), ...changed });
  const loss = dot(numbers.dy, y({}));
  // The sum is linear in x and in w, so <dy, y> is <dx, x> and <dw, w>.
  const close = (value) => assert.ok(Math.abs(value - loss) <= 1e-12 * Math.abs(loss), `${value} and ${loss}`);
  close(dot(numbers.x, reference({ ...given, pass: 'backward_input' }, numbers)));
  close(dot(numbers.w, reference({ ...given, pass: 'backward_weights' }, numbers)));
  const withBias = reference({ ...given, pass: 'forward' }, numbers);
  const difference = withBias[withBias.length - 1] - y({})[withBias.length - 1];
  assert.ok(Math.abs(difference - numbers.b[3]) < 1e-12);
});

test('results are compared by their largest difference, and a NaN is no result', () => {
  assert.equal(distance([1, 2], [1, 4]), 0.5);
  assert.equal(distance([1], [1, 2]), Infinity);
  assert.ok(!(distance([1, NaN, 3], [1, 2, 3]) <= 1));
});

const rounds = (ms, probe = 1) => [0, 1, 2, 3].map((round) => block(round, [ms, ms], probe));
const work = { name: 'E', pass: 'forward', flops: 4e6 };
const measurement = {
  blocks: {
    engine: rounds(2),
    'engine, NCHW': rounds(2.5),
    fast: rounds(3),
    slow: rounds(50).slice(0, 3),
    ceiling: [...rounds(1).slice(0, 3), block(3, [9], 4)],
  },
  refused: { other: 'no such kernel' },
  tileFlops: 4e6,
};

test('a row of the report: the fastest peer makes the ratio', () => {
  const found = rowOf(work, measurement, 1);
  assert.deepEqual(Object.keys(found.peers), ['fast', 'slow']);
  assert.deepEqual(found.engine, { ms: 2, p10: 2, gflops: 2 });
  assert.deepEqual(found.engine_nchw, { ms: 2.5, p10: 2.5, gflops: 1.6 });
  assert.deepEqual([found.fastest, found.ratio, found.ratios.slow.ratio], ['fast', 1.5, 25]);
  assert.equal(found.refused.other, 'no such kernel');
  assert.equal(shareOfCeiling(work, measurement, 1), 0.5);
  assert.deepEqual(contention([measurement], 1), { blocks: 19, dropped: 1 });
  const alone = rowOf(work, { blocks: { engine: rounds(2) }, refused: {} }, 1);
  assert.deepEqual([alone.fastest, alone.ratio, alone.peers], [null, null, {}]);
});

test('tables and plot show every row and peer', () => {
  assert.equal(
    table([
      ['a', 'bb'],
      ['ccc', 'd'],
    ]),
    'a    bb\nccc   d',
  );
  const report = {
    date: '2026-01-02',
    machine: { processor: 'P <1>', browser: 'Chrome 1' },
    ceiling: { gflops: 4 },
    rows: [{ ...rowOf(work, measurement, 1), ceiling_share: 0.5 }],
  };
  report.rows[0].peers['tfjs-wasm'] = report.rows[0].peers.fast;
  report.rows[0].ratios['tfjs-wasm'] = report.rows[0].ratios.fast;
  assert.match(tableOf(report), /E forward +2\.00 +2\.00 +2\.00 +50 % +2\.50 +fast +3\.00 +1\.50 x +1\.50 x$/m);
  assert.match(peersOf(report), /E forward +slow +50\.0/);
  const picture = plot(report);
  assert.match(picture, /^<svg /);
  assert.match(picture, /E forward/);
  assert.match(picture, /1\.50 ×/);
  assert.match(picture, /P &lt;1>.*Chrome 1.*2026-01-02/);
  assert.ok(picture.includes('tfjs-wasm') && !picture.includes('ConvNetJS'));
});
