// Mouse and finger on the drawn controls. Where they are drawn the page says, by their names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, placeOf, waitForMirror, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const START = 'embed.html#scene=pocket&step=0&grain=cell';
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const step = async (page) => Number((await mirror(page)).step);

test('a click on the drawn button steps, and the pointer becomes a hand over it', async () => {
  const { page, problems } = await openPage(site.browser, site.url + START);
  const { x, y } = await placeOf(page, 'transport.next');
  await page.mouse.click(x, y);
  await waitForMirror(page, 'step', '1');
  await page.mouse.click(x, y);
  await waitForMirror(page, 'step', '2');
  await waitUntilStill(page);
  assert.equal(await page.$eval('#canvas', (canvas) => canvas.style.cursor), 'pointer');
  const back = await placeOf(page, 'transport.back');
  await page.mouse.click(back.x, back.y);
  await waitForMirror(page, 'step', '1');
  assert.deepEqual(problems, []);
  await page.close();
});

test('a drag goes on outside the canvas and ends where the button goes up', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { x, y, width } = await placeOf(page, 'transport.scrubber');
  await page.mouse.move(x - width / 4, y);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 4 });
  await waitUntilStill(page);
  assert.ok(Math.abs((await step(page)) - 77) < 40, `step ${await step(page)}`);
  await page.mouse.move(5000, y, { steps: 3 });
  await waitForMirror(page, 'step', '154');
  await page.mouse.up();
  await page.mouse.move(300, y, { steps: 3 });
  await waitUntilStill(page);
  assert.equal(await step(page), 154);
  await page.close();
});

test('a finger drags the scrubber once the canvas has the focus', async () => {
  const { page } = await openPage(site.browser, site.url + START, { viewport: PHONE });
  await focusCanvas(page);
  const { x, y, width } = await placeOf(page, 'transport.scrubber');
  const touch = await page.touchscreen.touchStart(x - width / 2 + 20, y);
  for (let i = 1; i <= 6; i++) await touch.move(x - width / 2 + 20 + (i * width) / 8, y);
  await waitUntilStill(page);
  await touch.end();
  assert.ok((await step(page)) > 60, `step ${await step(page)}`);
  await page.close();
});

test('where something is drawn is told in the pixels of the page, at every size', async () => {
  const { page } = await openPage(site.browser, `${site.url}${START}&scale=150`);
  const { x, y } = await placeOf(page, 'transport.next');
  await page.mouse.click(x, y);
  await waitForMirror(page, 'step', '1');
  assert.equal(await page.$eval('#canvas', (canvas) => canvas.placeOf('no.such.button')), null);
  await page.close();
});
