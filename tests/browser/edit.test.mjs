// Numbers changed in the page: by keys, mouse, finger, in the mirror and in the panel; the link that brings an edit back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const START = 'embed.html#scene=pocket&step=0&grain=cell';
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const waitForOther = (page, hash) =>
  page.waitForFunction(
    (old) => document.querySelector('[data-backstep="mirror"]').dataset.hash !== old,
    { polling: 20, timeout: 10_000 },
    hash,
  );

const control = (page, name) => page.$eval(`[data-backstep="mirror"] [name="${name}"]`, (input) => input.value);

async function fill(page, selector, text) {
  await page.focus(selector);
  await page.$eval(selector, (input) => (input.value = ''));
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function undo(page, key = 'z') {
  await focusCanvas(page);
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}

/** Pins a cell by its name and says where on the canvas it stands: the field that opens over it knows. */
async function placeOf(page, cell) {
  await fill(page, '[name="pin"]', cell);
  await focusCanvas(page);
  await page.keyboard.press('1');
  await page.waitForSelector('.cell-field:not([hidden])');
  const { x, y, width, height } = await page.$eval('.cell-field input', (input) =>
    input.getBoundingClientRect().toJSON(),
  );
  await page.keyboard.press('Escape');
  await waitUntilStill(page);
  return { x: x + width / 2, y: y + height / 2 };
}

test('by keys alone: into the grid, to the kernel, another number, undo and redo', async () => {
  const { page, problems } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  await focusCanvas(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  assert.equal(await control(page, 'pin'), 'conv1.w[0,0,0,0]');
  for (const key of ['-', '1', '2', '.', '5']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await waitForOther(page, hash);
  assert.equal(await control(page, 'value'), '-12.5');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  const edited = (await mirror(page)).hash;

  await waitUntilStill(page);
  await page.waitForFunction(() => location.hash.includes('edit='));
  const { page: other } = await openPage(site.browser, page.url());
  assert.equal((await mirror(other)).hash, edited);
  await other.close();

  await undo(page);
  await waitForMirror(page, 'hash', hash);
  await undo(page, 'y');
  await waitForMirror(page, 'hash', edited);

  await page.keyboard.down('Alt');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.up('Alt');
  await waitForOther(page, edited);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.cell-field:not([hidden])');
  await page.keyboard.press('Escape');
  assert.equal(await page.$('.cell-field:not([hidden])'), null);
  assert.deepEqual(problems, []);
  await page.close();
});

test('by mouse: a drag upwards raises the number, a right click opens the menu', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  const { x, y } = await placeOf(page, 'conv1.w[0,0,1,1]');
  const before = Number(await control(page, 'value'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 24, { steps: 6 });
  await waitUntilStill(page);
  await page.mouse.up();
  await waitUntilStill(page);
  // Whole steps, less the first pixels, which may still become a click.
  const raised = Number(await control(page, 'value')) - before;
  assert.ok(raised === 3 || raised === 4, `${raised}`);
  await undo(page);
  await waitForMirror(page, 'hash', hash);
  await page.mouse.click(x, y, { button: 'right' });
  await page.waitForSelector('[aria-label="Menu of the cell"] button');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('[aria-label="Menu of the cell"] button'));
  await page.close();
});

/** Notes from now on where the field over a cell is shown; what it returns says it. */
async function watchField(page) {
  await page.$eval('.cell-field', (form) => {
    globalThis.fieldPlaces = new Set();
    const note = () => !form.hidden && globalThis.fieldPlaces.add(`${form.style.left} ${form.style.top}`);
    new MutationObserver(note).observe(form, { attributes: true, attributeFilter: ['style', 'hidden'] });
  });
  return () => page.evaluate(() => [...globalThis.fieldPlaces]);
}

test('by finger: a pinned cell is dragged, a tap on it opens a field for numbers', async () => {
  const { page } = await openPage(site.browser, site.url + START, { viewport: PHONE });
  const { hash } = await mirror(page);
  const { x, y } = await placeOf(page, 'conv1.w[0,0,1,1]');
  const touch = await page.touchscreen.touchStart(x, y);
  for (let dy = 6; dy <= 60; dy += 6) await touch.move(x, y - dy);
  await waitUntilStill(page);
  await touch.end();
  await waitForOther(page, hash);
  await waitUntilStill(page);
  await undo(page);
  await waitForMirror(page, 'hash', hash);
  const fieldPlaces = await watchField(page);
  await page.touchscreen.tap(x, y);
  await page.waitForSelector('.cell-field:not([hidden])');
  await waitUntilStill(page);
  assert.equal((await fieldPlaces()).length, 1, 'the field opens over its cell and stays there');
  assert.equal(await page.$eval('.cell-field input', (input) => input.inputMode), 'decimal');
  await page.keyboard.type('4');
  const sign = await page.$eval('.cell-field button', (button) => button.getBoundingClientRect().toJSON());
  await page.touchscreen.tap(sign.x + sign.width / 2, sign.y + sign.height / 2);
  await page.keyboard.press('Enter');
  await waitForOther(page, hash);
  assert.equal(await control(page, 'value'), '-4');
  await page.close();
});

test('in the mirror: a cell by its name, its value, the learning rate, a kernel, undo', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  await fill(page, '[name="pin"]', 'input[0,2,3]');
  assert.match(await page.$eval('[name="value"]', (input) => input.labels[0].textContent), /input\[0,2,3\]/);
  await fill(page, '[name="value"]', '7');
  await waitForOther(page, hash);
  const first = (await mirror(page)).hash;
  await fill(page, '[name="rate"]', '0.25');
  await waitForOther(page, first);
  const second = (await mirror(page)).hash;
  await fill(page, '[name="pin"]', 'conv1.w[0,0,0,0]');
  await page.select('[name="kernel"]', 'sobel-x');
  await waitForOther(page, second);
  for (let i = 0; i < 3; ++i) await page.$eval('[name="undo"]', (button) => button.click());
  await waitForMirror(page, 'hash', hash);
  await fill(page, '[name="pin"]', 'conv1.y[0,0,0]');
  assert.equal(await page.$eval('[name="value"]', (input) => input.readOnly), true);
  await page.close();
});

test('the panel changes layers, watches and stops, and tells what is not possible', async () => {
  const { page, problems } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  await focusCanvas(page);
  await page.keyboard.press('l');
  await page.waitForSelector('[name="conv1.kernel"]');
  const options = await page.$$eval('[name="conv1.kernel"] option', (all) =>
    all.map(({ value, disabled, title }) => ({ value, disabled, title })),
  );
  const seven = options.find(({ value }) => value === '7');
  assert.ok(seven.disabled);
  assert.match(seven.title, /floor/);
  await page.select('[name="conv1.kernel"]', '2');
  await waitForOther(page, hash);
  await page.$eval('[name="undo"]', (button) => button.click());
  await waitForMirror(page, 'hash', hash);

  await page.type('[name="mark"]', 'conv1.y[0,1,1]');
  await page.click('[data-backstep="panel"] [name="watch"]');
  await page.type('[name="mark"]', 'relu1');
  await page.click('[data-backstep="panel"] [name="break"]');
  await page.waitForFunction(() => /not yet/.test(document.querySelector('[data-backstep="panel"] table').textContent));
  await focusCanvas(page);
  await page.keyboard.press('r');
  await waitForMirror(page, 'cell', 'relu1.y[0,0,0]');
  const row = await page.$eval('[data-backstep="panel"] tbody', (body) => body.textContent);
  assert.match(row, /^conv1\.y\[0,1,1\][^n]*not yet/);
  await waitUntilStill(page);
  await page.waitForFunction(() => location.hash.includes('break=relu1'));
  assert.deepEqual(problems, []);
  await page.close();
});

test('the brush paints the input with the mouse', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  const from = await placeOf(page, 'input[0,0,0]');
  const to = await placeOf(page, 'input[0,0,5]');
  await page.evaluate(() => document.querySelector('[name="paint"]').click());
  await waitUntilStill(page);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await waitUntilStill(page);
  await page.mouse.up();
  await waitForOther(page, hash);
  await fill(page, '[name="pin"]', 'input[0,0,3]');
  const painted = await control(page, 'value');
  await fill(page, '[name="pin"]', 'input[0,0,4]');
  assert.equal(await control(page, 'value'), painted);
  await undo(page);
  await waitForMirror(page, 'hash', hash);
  await page.close();
});

test('a picture that is pasted becomes the input', async () => {
  const { page } = await openPage(site.browser, `${site.url}embed.html#scene=tiny-cnn&step=0`);
  const { hash } = await mirror(page);
  await focusCanvas(page);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(3, 3, 9, 9);
    const file = new File([await canvas.convertToBlob()], 'square.png', { type: 'image/png' });
    const data = new DataTransfer();
    data.items.add(file);
    document
      .querySelector('#canvas')
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await waitForOther(page, hash);
  assert.equal((await mirror(page)).error, '');
  await page.close();
});
