// Exercises from seeds: what the engine answers is what one gets by hand, and each mistake is told from the others.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { dist } from '../../tools/lib/paths.mjs';
import { fieldsOf, judge, parseNumber } from '../../web/lessons/practice/answers.mjs';
import { drawItem, kinds, problemItem, problems } from '../../web/lessons/practice/items.mjs';
import { Random } from '../../web/lessons/practice/random.mjs';

const SEEDS = 1000;

let engine;
before(async () => {
  const { loadEngine } = await import(pathToFileURL(join(dist, 'engine.mjs')));
  engine = await loadEngine();
});

const typed = (value) => String(value).replace('-', '\u2212');
const asTyped = (item, answer) => answer.map((value, i) => parseNumber(typed(value), fieldsOf(item)[i]));

/** An item answered rightly, by each known mistake, by none, and by one number that is off. */
function walk(item) {
  assert.equal(item.right.length, fieldsOf(item).length);
  assert.ok(item.right.every(Number.isFinite));
  assert.deepEqual(judge(item, asTyped(item, item.right)), { right: true, cells: item.right.map(() => true) });
  for (const { id, says, answer } of item.misconceptions) {
    assert.equal(answer.length, item.right.length, id);
    const verdict = judge(item, asTyped(item, answer));
    assert.equal(verdict.right, false, id);
    assert.deepEqual(verdict.hint, { id, says });
    assert.ok(says.length > 20, id);
  }
  const nothing = judge(
    item,
    item.right.map(() => NaN),
  );
  assert.deepEqual([nothing.right, nothing.hint.id], [false, 'no-number']);
  const off = item.right.map((value, i) => (i === 0 ? value + 1000.5 : value));
  const verdict = judge(item, off);
  assert.deepEqual([verdict.right, verdict.cells.filter((ok) => !ok).length], [false, 1]);
  assert.ok(verdict.hint.says.length > 10);
}

const at = (rows, i, j) => rows[i]?.[j] ?? 0;
const sum = (count, term) => Array.from({ length: count }, (_, i) => term(i)).reduce((a, b) => a + b, 0);
const grid = ([rows, columns], cell) =>
  Array.from({ length: rows * columns }, (_, n) => cell(Math.floor(n / columns), n % columns));
const nested = (values, columns) =>
  Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));

/** The lesson's formulas, written down once more without the engine. */
const byHand = {
  'output-size'({ scene }) {
    const [{ out, kernel, stride, padding }] = scene.layers;
    const along = (extent) => Math.floor((extent - kernel + 2 * padding) / stride) + 1;
    return [out, along(scene.input.shape[2]), along(scene.input.shape[3])];
  },
  'parameter-count'({ scene }) {
    const [{ out, kernel, groups = 1, bias }] = scene.layers;
    return [out * (scene.input.shape[1] / groups) * kernel ** 2 + (bias ? out : 0)];
  },
  'receptive-field'({ scene }) {
    let [field, jump] = [1, 1];
    return scene.layers.map(({ kernel, stride, dilation = 1 }) => {
      field += dilation * (kernel - 1) * jump;
      jump *= stride;
      return field;
    });
  },
  convolve({ scene, fields }) {
    const { x, w, b, stride, padding } = parts(scene);
    return grid(
      fields[0].size,
      (i, j) =>
        sum(w.length, (p) =>
          sum(w[0].length, (q) => at(x, i * stride + p - padding, j * stride + q - padding) * w[p][q]),
        ) + b,
    );
  },
  'kernel-gradient'({ scene, fields }) {
    const { x, dy, stride } = parts(scene);
    const total = sum(dy.length, (i) => sum(dy[0].length, (j) => dy[i][j]));
    const gradient = grid(fields[0].size, (p, q) =>
      sum(dy.length, (i) => sum(dy[0].length, (j) => at(x, i * stride + p, j * stride + q) * dy[i][j])),
    );
    return [...gradient, total];
  },
  'input-gradient'({ scene, fields }) {
    const { w, dy, stride, padding } = parts(scene);
    return grid(fields[0].size, (m, n) =>
      sum(dy.length, (i) =>
        sum(dy[0].length, (j) => at(w, m + padding - i * stride, n + padding - j * stride) * dy[i][j]),
      ),
    );
  },
  pool({ scene, fields }) {
    const [{ op, kernel, stride }] = scene.layers;
    const { data: x } = scene.input;
    const gradient = nested(
      grid([x.length, x[0].length], () => 0),
      x[0].length,
    );
    const y = grid(fields[0].size, (i, j) => {
      const cells = grid([kernel, kernel], (p, q) => [i * stride + p, j * stride + q]);
      const values = cells.map(([row, column]) => x[row][column]);
      if (op === 'avg_pool2d') {
        for (const [row, column] of cells) gradient[row][column] += scene.dy[i][j] / cells.length;
        return sum(cells.length, (n) => values[n]) / cells.length;
      }
      const [row, column] = cells[values.indexOf(Math.max(...values))];
      gradient[row][column] += scene.dy[i][j];
      return x[row][column];
    });
    return [...y, ...gradient.flat()];
  },
};

function parts({ input, layers, dy }) {
  const [{ w, b, stride = 1, padding = 0 }] = layers;
  return { x: input.data, w, b: b[0], dy, stride, padding };
}

for (const { id, title } of kinds) {
  test(`${id}: ${SEEDS} items, right and with every mistake`, () => {
    const met = new Set();
    const texts = new Set();
    for (let seed = 0; seed < SEEDS; seed++) {
      const item = drawItem(engine, id, seed);
      assert.deepEqual([item.kind, item.seed, item.title], [id, seed, title]);
      assert.deepEqual(
        item.right,
        byHand[id](item).map((value) => value + 0),
        `seed ${seed}`,
      ); // -0 is 0
      walk(item);
      assert.ok(item.misconceptions.length > 0);
      for (const known of item.misconceptions) met.add(known.id);
      texts.add(JSON.stringify([item.statement, item.list, item.scene]));
    }
    assert.deepEqual([...met].sort(), mistakes[id]);
    assert.ok(texts.size > 300, `${texts.size} different items`);
  });
}

/** Every mistake that an exercise knows comes up. */
const mistakes = {
  'output-size': [
    'channels-kept',
    'floor-forgotten',
    'kernel-forgotten',
    'one-forgotten',
    'padding-forgotten',
    'padding-once',
    'stride-forgotten',
  ],
  'parameter-count': [
    'bias-added',
    'bias-forgotten',
    'bias-per-slice',
    'channels-forgotten',
    'dense',
    'filters-forgotten',
    'groups-forgotten',
    'kernel-not-squared',
    'sharing-forgotten',
  ],
  'receptive-field': [
    'dilation-ignored',
    'fields-multiplied',
    'kernel-whole',
    'start-zero',
    'stride-early',
    'strides-ignored',
  ],
  convolve: ['bias-forgotten', 'flipped', 'padding-forgotten', 'stride-forgotten', 'swapped'],
  'kernel-gradient': ['bias-forgotten', 'flipped', 'one-window', 'result-flipped', 'stride-forgotten', 'swapped'],
  'input-gradient': ['not-flipped', 'overwritten', 'padding-kept', 'stride-forgotten', 'swapped'],
  pool: [
    'all-cells',
    'averaged',
    'last-winner',
    'maximum',
    'one-winner',
    'overwritten',
    'shared',
    'smallest',
    'summed',
    'undivided',
    'value-routed',
  ],
};

test('a seed is an item for ever', () => {
  for (const { id } of kinds) {
    const [one, again, other] = [7, 7, 8].map((seed) => JSON.stringify(drawItem(engine, id, seed)));
    assert.equal(one, again);
    assert.notEqual(one, other);
  }
  assert.throws(() => drawItem(engine, 'no-such', 0), /no exercise/);
  const random = new Random(1998, 'dice');
  assert.deepEqual(
    Array.from({ length: 8 }, () => random.whole(1, 6)),
    [2, 1, 6, 6, 6, 3, 4, 6],
  );
});

test('what stands on the canvas steps to the answer', () => {
  for (const { id } of kinds) {
    const { cells, scene, right, show } = drawItem(engine, id, 3);
    if (cells) {
      const net = engine.network(scene);
      cells.forEach((cell, i) => assert.equal(net.value(cell), right[i], cell));
      assert.equal(net.stepOf(cells.at(-1)) >= net.stepOf(cells[0]), true);
      net.dispose();
    }
    if (show) engine.network(show).dispose();
  }
});

test('a wrong cell without a known mistake is named with its terms', () => {
  const item = problemItem(engine, 'example-3-twin');
  const given = [...item.right];
  given[4] = 77;
  assert.deepEqual(judge(item, given).hint, {
    id: 'other',
    says: 'Look again at row 0, column 0 of ∂L/∂X: a single term makes it.',
  });
  given[5] = 77;
  assert.match(judge(item, given).hint.says, /1 more is not right/);
});

test('half a step typed as such is the floor forgotten', () => {
  const item = problemItem(engine, 'example-1');
  assert.equal(judge(item, [64, 112.5, 112.5]).hint.id, 'floor-forgotten');
  assert.equal(judge(item, [64, 113, 112]).hint.id, 'floor-forgotten');
  assert.equal(judge(item, [3, 112, 112]).hint.id, 'channels-kept');
});

// The lesson's examples and problems, and the mistakes that their numbers are known to hide.
const facts = {
  'example-1': [64, 112, 112],
  'example-2': [102_464, 73_856],
  'example-3': [11, 14, -1, -1, 1, 1, -2, 0],
  'example-3-twin': [11, 14, -5, -6, 1, 0, -4, -1],
  'problem-1': [32, 32, 32],
  'problem-2': [3, 5, 7, 9],
  'problem-3': [6, 8, 9, 7],
  'problem-4': [0, 0, 0, 0, 0, 11, 0, 12, 13, 0, 0, 0, 0, 0, 0, 14],
};

test('the worked examples and practice problems', () => {
  assert.deepEqual(
    problems.map(({ id }) => id),
    [...Object.keys(facts), 'problem-5'],
  );
  for (const { id } of problems) {
    const item = problemItem(engine, id);
    if (facts[id]) assert.deepEqual(item.right, facts[id]);
    walk(item);
  }
  const known = (name, id) => problemItem(engine, name).misconceptions.find((mistake) => mistake.id === id)?.answer;
  assert.deepEqual(known('example-3', 'not-flipped').slice(4, 7), [2, -1, -1]);
  assert.deepEqual(known('example-3-twin', 'not-flipped').slice(4, 7), [2, -3, -2]);
  assert.deepEqual(known('example-3', 'flipped').slice(2, 4), [1, 1]);
  // Equal entries and a bias without gradient hide these; the twin shows them.
  for (const id of ['bias-forgotten', 'result-flipped']) {
    assert.equal(known('example-3', id), undefined);
    assert.ok(known('example-3-twin', id));
  }
});

test('the share of a depthwise separable convolution', () => {
  const item = problemItem(engine, 'problem-5');
  assert.deepEqual(item.right.slice(0, 2), [36_864, 4_672]);
  assert.equal(item.right[2].toFixed(2), '12.67');
  const share = (text) => judge(item, [36_864, 4_672, parseNumber(text)]).right;
  assert.deepEqual(['12.67', '12,7 %', '12.6'].map(share), [true, true, false]);
});

test('α to δ arrive at the winners, by letter or by name', () => {
  const item = problemItem(engine, 'problem-4');
  const [field] = fieldsOf(item);
  const letters = item.right.map(
    (value) => Object.keys(field.letters).find((letter) => field.letters[letter] === value) ?? '0',
  );
  assert.equal(letters.join(''), '00000α0βγ000000δ');
  assert.ok(
    judge(
      item,
      letters.map((text) => parseNumber(text, field)),
    ).right,
  );
  assert.equal(parseNumber('Beta', field), parseNumber('β', field));
  assert.ok(Number.isNaN(parseNumber('beta')));
});

test('numbers as people type them', () => {
  const read = (text, field) => parseNumber(text, field);
  assert.deepEqual(
    ['7', ' -2 ', '\u22122', '+3', '1.5', '1,5', '.5', '3/4', '-1/2', '12 %'].map((text) => read(text)),
    [7, -2, -2, 3, 1.5, 1.5, 0.5, 0.75, -0.5, 12],
  );
  assert.deepEqual(
    ['1,792', '1.792', '1 792', '118’013’952', '112.5'].map((text) => read(text, { whole: true })),
    [1792, 1792, 1792, 118_013_952, 112.5],
  );
  for (const text of ['', 'x', '1e3', '--1', '1/', 'NaN', 'Infinity', '1 2']) assert.ok(Number.isNaN(read(text)), text);
});
