// Exercises, problems, quizzes and sheets as a reader meets them: answered by keyboard, stepped on the canvas, printed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { dist, root } from '../../tools/lib/paths.mjs';
import { drawItem, kinds, problemItem, problems } from '../../web/lessons/practice/items.mjs';
import { fillQuiz } from '../../web/lessons/practice/quiz.mjs';
import { openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site;
let engine;
before(async () => {
  site = await openBrowser();
  engine = await (await import(pathToFileURL(join(dist, 'engine.mjs')))).loadEngine();
});
after(() => site.close());

/** Opens a page of the site and collects the answers that it tells. */
async function open(address, options = {}) {
  const opened = await openPage(site.browser, site.url + address, { ready: false, ...options });
  await opened.page.waitForFunction(
    () => document.documentElement.dataset.ready !== undefined || document.querySelector('#place > [data-ready]'),
  );
  await opened.page.evaluate(() => {
    globalThis.answers = [];
    addEventListener('backstep-answer', ({ detail }) => globalThis.answers.push(detail));
  });
  return opened;
}
const lastAnswer = (page) => page.evaluate(() => globalThis.answers.at(-1));
const verdict = (page) => page.$eval('.verdict', ({ textContent }) => textContent);
const written = (value) => String(value).replace('-', '\u2212');

/** Types an answer with the keyboard alone: the arrows go through grids, Tab from one field to the next. */
async function typeAnswer(page, { fields }, answer) {
  await page.focus('form .fields input');
  let at = 0;
  for (const [f, { size: [rows, columns] = [1, 1] }] of fields.entries()) {
    if (f > 0) {
      // From wherever the last grid was left, past its last cell.
      const count = fields.slice(0, f).reduce((sum, { size = [1, 1] }) => sum + size[0] * size[1], 0);
      await page.evaluate((i) => document.querySelectorAll('form .fields input')[i].focus(), count - 1);
      await page.keyboard.press('Tab');
    }
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < columns; i++) {
        const column = row % 2 === 0 ? i : columns - 1 - i; // there and back, as one would
        await page.keyboard.down('Control');
        await page.keyboard.press('a');
        await page.keyboard.up('Control');
        await page.keyboard.type(written(answer[at + row * columns + column]));
        if (i === columns - 1) continue;
        if (row % 2 === 1) await page.keyboard.press('Home'); // inside a number the arrow moves the caret
        await page.keyboard.press(row % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
      }
      if (row < rows - 1) await page.keyboard.press('ArrowDown');
    }
    at += rows * columns;
  }
  const values = await page.$$eval('form .fields input', (all) => all.map(({ value }) => value));
  assert.deepEqual(values, answer.map(written));
  await page.keyboard.press('Enter');
}

const barriers = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

const SEED = 5;
for (const { id } of kinds) {
  test(`${id}: wrong, with a hint, then right`, async () => {
    const item = drawItem(engine, id, SEED);
    const [mistake] = item.misconceptions;
    const { page, problems: troubles } = await open(`practice.html#practice=${id}&seed=${SEED}`);
    await typeAnswer(page, item, mistake.answer);
    assert.equal(await verdict(page), `Not yet. ${mistake.says}`);
    assert.deepEqual(await lastAnswer(page), {
      item: id,
      seed: SEED,
      given: mistake.answer,
      right: false,
      hint: mistake.id,
    });
    const marked = await page.$$eval('form .fields input', (all) =>
      all.map((input) => input.getAttribute('aria-invalid') === 'true'),
    );
    assert.deepEqual(
      marked,
      item.right.map((value, i) => value !== mistake.answer[i]),
    );

    await typeAnswer(page, item, item.right);
    assert.match(await verdict(page), /^Right\./);
    assert.deepEqual(await lastAnswer(page), { item: id, seed: SEED, given: item.right, right: true, hint: null });
    assert.equal(await page.$eval('.score', ({ textContent }) => textContent), '1 right in 2');
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(troubles, []);
    await page.close();
  });
}

test('each example and problem is there and can be answered', async () => {
  const { page, problems: troubles } = await open('practice.html');
  for (const { id } of problems) {
    await page.select('[name="what"]', `problem=${id}`);
    await page.waitForSelector(`backstep-problem[name="${id}"][data-ready]`);
    const item = problemItem(engine, id);
    await typeAnswer(page, item, item.right);
    assert.equal((await lastAnswer(page)).right, true, id);
  }
  assert.deepEqual(troubles, []);
  await page.close();
});

test('letters may be typed for values, and the right ones stay', async () => {
  const { page } = await open('practice.html#problem=problem-4');
  const letters = [...'00000α0βγ000000δ'];
  await typeAnswer(page, problemItem(engine, 'problem-4'), letters);
  assert.match(await verdict(page), /^Right\./);
  assert.deepEqual(await page.$$eval('form .fields input', (all) => all.map(({ value }) => value)), letters);
  await page.close();
});

test('another one follows by its seed, and the address keeps it', async () => {
  const { page } = await open('practice.html#practice=convolve&seed=5');
  const press = (text) =>
    page.$$eval('form button', (all, wanted) => all.find(({ textContent }) => textContent === wanted).click(), text);
  await press('Another one');
  assert.equal(await page.evaluate(() => location.hash), '#practice=convolve&seed=6');
  const item = drawItem(engine, 'convolve', 6);
  assert.equal(await page.$eval('.ask', ({ textContent }) => textContent), item.statement);
  assert.equal(await page.evaluate(() => document.activeElement.closest('.fields') !== null), true);
  await page.close();
});

test('an exercise steps on the canvas, covered while it is asked', async () => {
  const { page, problems: troubles } = await open('practice.html#practice=input-gradient&seed=5');
  const [cell] = drawItem(engine, 'input-gradient', 5).cells;
  const press = (text) =>
    page.$$eval('form button', (all, wanted) => all.find(({ textContent }) => textContent === wanted).click(), text);
  const frame = async (wanted) => {
    const handle = await page.waitForSelector('iframe');
    const inside = await handle.contentFrame();
    await inside.waitForFunction(wanted, { polling: 50, timeout: 30_000 }, cell);
    return inside;
  };
  await press('Show me step by step');
  const inside = await frame((name) => document.querySelector('[data-backstep="mirror"]')?.dataset.cell === name);
  const { grain, term } = await inside.$eval('[data-backstep="mirror"]', ({ dataset }) => ({ ...dataset }));
  assert.deepEqual([grain, term], ['product', '0']);
  await press('On the canvas');
  await frame(() => document.querySelector('[data-backstep="mirror"]')?.dataset.step === '0');
  assert.deepEqual(troubles, []);
  await page.close();
});

test('a solution without a canvas is told line by line, with the rows of the picture', async () => {
  const { page } = await open('practice.html#problem=example-1');
  await page.$$eval('form button', (all) => all.find(({ textContent }) => textContent.startsWith('Show')).click());
  const { solution } = problemItem(engine, 'example-1');
  assert.deepEqual(await page.$$eval('.solution li', (all) => all.map(({ textContent }) => textContent)), solution);
  await page.focus('.row-picture input');
  await page.keyboard.press('End');
  const said = await page.$eval('.row-picture .said', ({ textContent }) => textContent);
  assert.equal(
    said,
    'Window 111 of 0 to 111 begins in row 219 and holds 7, 2 of them below it. Then one row of the padded picture is left over: no window reads it.',
  );
  assert.deepEqual(await barriers(page), []);
  await page.close();
});

test('a quiz is answered by keyboard, each option with its reason', async () => {
  const source = JSON.parse(readFileSync(join(root, 'web/lessons/practice/quiz/pooling.json'), 'utf8'));
  const questions = fillQuiz(engine, source);
  const { page, problems: troubles } = await open('practice.html#quiz=pooling');
  for (const [q, { ask, options }] of questions.entries()) {
    const group = `.quiz > li:nth-child(${q + 1})`;
    assert.equal(await page.$eval(`${group} .ask`, ({ textContent }) => textContent), ask);
    const order = [...options.keys()].sort((a, b) => options[a].right - options[b].right); // the right one last
    for (const i of order) {
      await page.focus(`${group} .option:nth-child(${i + 1})`);
      await page.keyboard.press('Enter');
      const said = await page.$eval(`${group} .verdict`, ({ textContent }) => textContent);
      assert.equal(said, `${options[i].right ? 'Right.' : 'Not quite.'} ${options[i].why}`);
      assert.equal((await lastAnswer(page)).right, options[i].right);
    }
  }
  assert.equal(
    await page.$eval('.tally dd:last-of-type', ({ textContent }) => textContent),
    `${questions.length} right`,
  );
  assert.deepEqual(await barriers(page), []);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('answers are remembered, and travel in a link', async () => {
  const { page } = await open('practice.html?progress=1.23#practice=convolve&seed=1');
  assert.equal(await page.$eval('.score', ({ textContent }) => textContent), '2 right in 3');
  await page.$$eval('backstep-score button', ([link]) => link.click());
  const link = await page.$eval('backstep-score input', ({ value }) => value);
  assert.match(link, /[?&]progress=1\.23/);
  await page.$$eval('backstep-score button', (all) => all.at(-1).click()); // start over
  assert.equal(await page.evaluate(() => localStorage.getItem('backstep-progress')), '1');
  await page.close();
});

test('a page without storage works, and says that nothing is kept', async () => {
  const forbid = () =>
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('not in a sandbox', 'SecurityError');
      },
    });
  const { page, problems: troubles } = await open('practice.html#problem=problem-1', {
    prepare: (made) => made.evaluateOnNewDocument(forbid),
  });
  await typeAnswer(page, problemItem(engine, 'problem-1'), [32, 32, 32]);
  assert.match(await verdict(page), /^Right\./);
  assert.match(await page.$eval('backstep-score .note', ({ textContent }) => textContent), /keeps nothing/);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('a worksheet has blanks, and a key with the engine’s numbers on a page of its own', async () => {
  const { page, problems: troubles } = await open(
    'worksheet.html#scene=max-pool&blanks=pool1.y,pool1.dx&items=convolve*2&seed=5&quiz=pooling',
  );
  const tables = await page.$$eval('.numbers.answer', (all) =>
    all.map((table) => [...table.querySelectorAll('td')].map(({ textContent }) => textContent)),
  );
  const blank = tables.slice(0, tables.length / 2);
  assert.ok(blank.flat().every((text) => text === ''));
  const net = engine.network('max-pool');
  const key = tables.slice(tables.length / 2);
  assert.deepEqual(key[0], [...net.tensor('pool1.y')].map(written));
  assert.deepEqual(key[1], [...net.tensor('pool1.dx')].map(written));
  net.dispose();
  assert.deepEqual(
    key.slice(2),
    [5, 6].map((seed) => drawItem(engine, 'convolve', seed).right.map(written)),
  );
  assert.deepEqual(await barriers(page), []);
  await page.emulateMediaType('print');
  assert.equal(await page.$eval('.choose', (form) => getComputedStyle(form).display), 'none');
  assert.equal(await page.$eval('.key', (title) => getComputedStyle(title).breakBefore), 'page');
  assert.deepEqual(troubles, []);
  await page.close();
});

test('the form of the worksheet writes its address; what is not there is said', async () => {
  const { page } = await open('worksheet.html');
  await page.select('[name="scene"]', 'pocket');
  await page.click('input[value="conv1.dw"]');
  assert.equal(await page.evaluate(() => location.hash), '#scene=pocket&blanks=conv1.dw');
  await page.waitForSelector('#sheet:not([hidden]) .answer');
  for (const [hash, said] of [
    ['#scene=nothing', /nothing/],
    ['#scene=pocket&blanks=conv9.y', /conv9\.y/],
    ['#items=convolve*99', /no exercise/],
    ['#items=convolve&seed=x', /seed/],
    ['#quiz=nothing', /nothing/],
  ]) {
    await page.evaluate((to) => (location.hash = to), hash);
    await page.waitForFunction(
      () => document.querySelector('#sheet').hidden && document.querySelector('#said').textContent,
    );
    assert.match(await page.$eval('#said', ({ textContent }) => textContent), said);
    await page.evaluate(() => (document.querySelector('#said').textContent = ''));
  }
  await page.close();
});
