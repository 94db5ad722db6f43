// The quiz: every option of every question, with the engine's numbers in it, and what a reader's answers add up to.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { dist, root } from '../../tools/lib/paths.mjs';
import { groups, MOST_QUESTIONS, questionName } from '../../web/lessons/practice/catalogue.mjs';
import { Figures } from '../../web/lessons/practice/figures.mjs';
import { Progress } from '../../web/lessons/practice/progress.mjs';
import { chapters, fillQuiz, judgeChoice } from '../../web/lessons/practice/quiz.mjs';

const folder = join(root, 'web/lessons/practice/quiz');
const source = (chapter) => JSON.parse(readFileSync(join(folder, `${chapter}.json`), 'utf8'));

let engine;
before(async () => {
  const { loadEngine } = await import(pathToFileURL(join(dist, 'engine.mjs')));
  engine = await loadEngine();
});

test('each chapter has a quiz', () => {
  assert.deepEqual(readdirSync(folder).sort(), chapters.map((chapter) => `${chapter}.json`).sort());
  const lesson = join(root, 'web/lessons/chapters.json');
  if (existsSync(lesson))
    assert.deepEqual(
      chapters,
      JSON.parse(readFileSync(lesson, 'utf8')).map(({ slug }) => slug),
    );
});

for (const chapter of chapters) {
  test(`${chapter}: each option is judged, with a reason`, () => {
    const questions = fillQuiz(engine, source(chapter));
    assert.ok(questions.length >= 3 && questions.length <= MOST_QUESTIONS);
    assert.equal(new Set(questions.map(({ id }) => id)).size, questions.length);
    for (const question of questions) {
      const { id, ask, options } = question;
      assert.match(ask, /[.?]$/, id);
      assert.equal(options.length, 4, id);
      assert.equal(new Set(options.map(({ text }) => text)).size, 4, `${id}: two options say the same`);
      assert.equal(new Set(options.map(({ why }) => why)).size, 4, id);
      const verdicts = options.map((_, i) => judgeChoice(question, i));
      assert.equal(verdicts.filter(({ right }) => right).length, 1, id);
      verdicts.forEach(({ right, says }, i) => {
        assert.equal(right, options[i].right);
        assert.equal(says, options[i].why);
        assert.match(says, /^\P{Ll}.{15,}[.:?]$/u, `${id}: ${says}`);
      });
      for (const text of [ask, ...options.flatMap((option) => [option.text, option.why])])
        assert.doesNotMatch(text, /[{}]|NaN|undefined/, id);
    }
    assert.deepEqual(fillQuiz(engine, source(chapter)), questions);
  });

  test(`${chapter}: numbers of more than one digit are computed`, () => {
    const text = JSON.stringify(source(chapter).questions).replace(/\{[^{}"]*\}/g, '');
    assert.deepEqual(text.match(/(?<![\w.])\d[\d.,]*\d/g) ?? [], []);
  });
}

test('the right options stand anywhere', () => {
  const counts = [0, 0, 0, 0];
  for (const chapter of chapters)
    for (const { options } of fillQuiz(engine, source(chapter))) counts[options.findIndex(({ right }) => right)]++;
  assert.ok(Math.min(...counts) >= 4, counts.join(' '));
});

test('placeholders are counted, computed and worked out, or refused', () => {
  const figures = new Figures(engine, { pocket: 'pocket' });
  const fill = (text) => figures.fill(text);
  assert.equal(fill('{pocket.conv1.parameters} of {pocket.total.parameters}'), '10 of 20');
  assert.equal(fill('{pocket.conv1.rows} × {pocket.input.columns}'), '4 × 6');
  assert.equal(fill('{pocket@input[0,0,1]}'), '1');
  assert.equal(fill('{pocket.conv1.parameters / pocket.total.parameters : %1}'), '50.0 %');
  assert.equal(fill('{1 / 8 : 2}, {2 - 5}'), '0.13, \u22123');
  for (const wrong of [
    '{other.conv1.parameters}',
    '{pocket.conv9.parameters}',
    '{pocket.conv1.nothing}',
    '{1 +}',
    '{1 % 2}',
  ])
    assert.throws(() => fill(wrong), wrong);
  assert.throws(() => fill('{pocket@conv1.y[9,9,9]}'));
  figures.dispose();
});

class Shelf {
  #texts = new Map();
  getItem(key) {
    return this.#texts.get(key) ?? null;
  }
  setItem(key, text) {
    this.#texts.set(key, text);
  }
}
const names = groups.map((group) => group.names);

test('progress is kept, linked and saved', () => {
  const shelf = new Shelf();
  const progress = new Progress(names, shelf);
  assert.equal(progress.kept, true);
  assert.equal(progress.toText(), '1');
  let heard = 0;
  const stop = progress.listen(() => heard++);
  progress.record('convolve', false);
  progress.record('convolve', true);
  progress.record('problem-5', true);
  progress.record(questionName('glossary', 0), true);
  stop();
  progress.record('convolve', true);
  assert.equal(heard, 4);
  assert.deepEqual(progress.of('convolve'), { right: 2, tried: 3 });
  assert.deepEqual(
    [0, 1].map((group) => progress.section(group)),
    [
      { done: 1, of: 7 },
      { done: 1, of: 9 },
    ],
  );
  assert.match(progress.toText(), /^1\.23\.0{16}11\.0+11$/);
  assert.ok(progress.toText().length < 200);

  const later = new Progress(names, shelf);
  assert.equal(later.toText(), progress.toText());
  const elsewhere = new Progress(names, new Shelf());
  elsewhere.record('pool', true);
  assert.equal(elsewhere.merge(progress.toText()), true);
  assert.deepEqual(
    [elsewhere.of('convolve'), elsewhere.of('pool')],
    [
      { right: 2, tried: 3 },
      { right: 1, tried: 1 },
    ],
  );
  const file = JSON.parse(JSON.stringify(progress));
  assert.deepEqual(file.items[0], { item: 'convolve', right: 2, tried: 3 });
  assert.match(file.note, /no proof/);
  progress.reset();
  assert.equal(shelf.getItem(Progress.key), '1');
  assert.throws(() => progress.record('nothing', true));
});

test('a broken link changes nothing, many answers are cut at 35', () => {
  const progress = new Progress(names, undefined);
  for (const text of [
    '',
    '2.23',
    '1.2',
    '1.!!',
    '1.23.00.00.00',
    `1.${'11'.repeat(8)}`,
    'x'.repeat(1e5),
    '1..'.repeat(9),
  ]) {
    assert.equal(progress.merge(text), false, text.slice(0, 20));
    assert.equal(progress.toText(), '1');
  }
  for (let i = 0; i < 50; i++) progress.record('convolve', true);
  assert.equal(progress.toText(), '1.zz');
  assert.deepEqual(progress.of('convolve'), { right: 50, tried: 50 });
});

test('storage that throws is done without', () => {
  const forbidden = {
    getItem() {
      throw new Error('forbidden');
    },
    setItem() {
      throw new Error('forbidden');
    },
  };
  const full = { getItem: () => null, setItem: forbidden.setItem };
  assert.equal(new Progress(names, forbidden).kept, false);
  const progress = new Progress(names, full);
  progress.record('pool', true);
  assert.deepEqual([progress.kept, progress.of('pool').right], [false, 1]);
});
