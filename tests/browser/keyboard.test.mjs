import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const activeElement = (page) =>
  page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute('name'));

/** Presses a key and tells whether the browser was kept from doing its own with it. */
async function isTaken(page, press) {
  await page.evaluate(() =>
    addEventListener('keydown', (event) => (globalThis.lastKey = event), { capture: true, once: true }),
  );
  await press();
  return page.evaluate(() => globalThis.lastKey.defaultPrevented);
}

test('keys step while the canvas has the focus, and only then', async () => {
  const { page } = await openPage(site.browser, site.url);
  const start = (await mirror(page)).step;
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await new Promise((done) => setTimeout(done, 300));
  assert.equal((await mirror(page)).step, start);

  await focusCanvas(page);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    (step) => document.querySelector('[data-backstep="mirror"]').dataset.step !== step,
    {},
    start,
  );
  await page.keyboard.press('ArrowLeft');
  await waitForMirror(page, 'step', start);
  await page.close();
});

test('Tab goes into the canvas and out of it, both ways', async () => {
  const { page } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  await page.keyboard.press('Tab');
  assert.notEqual(await activeElement(page), 'canvas');
  await focusCanvas(page);
  await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  assert.notEqual(await activeElement(page), 'canvas');
  await page.keyboard.press('Tab');
  assert.equal(await activeElement(page), 'canvas');
  await page.close();
});

test('Shift that goes up elsewhere does not stay down', async () => {
  const { page } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  await page.keyboard.down('Shift');
  await page.keyboard.press('Tab'); // leaves with Shift held
  await page.keyboard.up('Shift');
  await focusCanvas(page);
  const { layer } = await mirror(page);
  await page.keyboard.press('ArrowRight'); // with Shift it would go to the next layer
  await new Promise((done) => setTimeout(done, 200));
  assert.equal((await mirror(page)).layer, layer);
  await page.close();
});

test('our keys do not scroll the page; the browser’s shortcuts stay its own', async () => {
  const { page } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  for (const key of ['ArrowDown', 'PageDown', 'Home', 'End', 'Enter']) {
    assert.equal(await isTaken(page, () => page.keyboard.press(key)), true, key);
  }
  for (const key of ['F6', 'a', 'Delete']) {
    assert.equal(await isTaken(page, () => page.keyboard.press(key)), false, key);
  }
  for (const [modifier, key] of [
    ['Control', 'k'],
    ['Control', 'ArrowRight'],
    ['Meta', 'l'],
    ['Alt', 'x'],
  ]) {
    await page.keyboard.down(modifier);
    assert.equal(await isTaken(page, () => page.keyboard.press(key)), false, `${modifier}+${key}`);
    await page.keyboard.up(modifier);
  }
  await page.close();
});

test('Space plays and pauses and does not scroll', async () => {
  const { page } = await openPage(site.browser, site.url);
  await page.evaluate(() => (document.body.style.height = '300vh'));
  await focusCanvas(page);
  const scrolled = await page.evaluate(() => scrollY);
  await page.keyboard.press('Space');
  await page.waitForSelector('button[name="play"][data-playing="true"]');
  await page.keyboard.press('Space');
  await page.waitForSelector('button[name="play"][data-playing="false"]');
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  await page.close();
});

test('Escape gives the focus back', async () => {
  const { page } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.id !== 'canvas', { timeout: 3000 });
  await page.close();
});

test('the focus on the canvas can be seen', async () => {
  const { page } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  await page.keyboard.press('ArrowRight');
  const outline = await page.$eval('#canvas', (canvas) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(canvas);
    return { outlineStyle, outlineWidth };
  });
  assert.deepEqual(outline, { outlineStyle: 'solid', outlineWidth: '2px' });
  await page.close();
});
