// A guest in the page: what the canvas takes of pointer, wheel and touch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, openPage, placeOf } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const scrollable = (page) => page.evaluate(() => (document.body.style.height = '300vh'));
const waitUntilScrolled = (page) => page.waitForFunction(() => scrollY > 0, { polling: 50, timeout: 10_000 });
const phone = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

test('the wheel scrolls the page over the canvas without the focus', async () => {
  const { page } = await openPage(site.browser, site.url);
  await scrollable(page);
  await page.mouse.move(500, 400);
  await page.mouse.wheel({ deltaY: 200 });
  await waitUntilScrolled(page);
  await page.close();
});

test('a press focuses the canvas', async () => {
  const { page } = await openPage(site.browser, site.url);
  await page.mouse.click(500, 690);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  await page.close();
});

test('a tap is a click and focuses', async () => {
  const { page } = await openPage(site.browser, site.url, { viewport: phone });
  await page.touchscreen.tap(200, 830);
  await page.waitForFunction(() => document.activeElement.id === 'canvas', { timeout: 3000 });
  await page.close();
});

/** A finger that goes from one height to another, in CSS pixels. */
async function swipe(page, from, to, x = 200) {
  const touch = await page.touchscreen.touchStart(x, from);
  for (let i = 1; i <= 10; i++) {
    await touch.move(x, from + ((to - from) * i) / 10);
    await new Promise((done) => setTimeout(done, 16));
  }
  await touch.end();
}

test('a finger scrolls the page over the canvas without the focus', async () => {
  const { page } = await openPage(site.browser, site.url, { viewport: phone });
  await scrollable(page);
  await swipe(page, 500, 200);
  await waitUntilScrolled(page);
  await page.close();
});

test('on a page with nothing to scroll the first finger can already be held on a cell', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=5&grain=cell`, { viewport: phone });
  assert.notEqual(await page.evaluate(() => document.activeElement.id), 'canvas');
  const { x, y } = await placeOf(page, 'stage.0', 16);
  const touch = await page.touchscreen.touchStart(x, y);
  await page.waitForSelector('[aria-label="Menu of the cell"] button');
  await touch.end();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  await page.close();
});

test('in a frame the first finger scrolls the page around it, on a cell too, and gives no focus', async () => {
  const page = await site.browser.newPage();
  await page.setViewport(phone);
  const address = `${site.url}embed.html#scene=pocket&step=5&grain=cell`;
  await page.setContent(`<meta name="viewport" content="width=device-width"><style>body { margin: 0 }</style>
    <iframe src="${address}" width="390" height="700" style="border: 0"></iframe><p style="height: 300vh">Host</p>`);
  const frame = await page.waitForFrame((candidate) => candidate.url() === address);
  await frame.waitForFunction(() => Number(document.querySelector('[data-backstep="mirror"]')?.dataset.frames) > 0);
  const { x, y } = await placeOf(frame, 'stage.0', 16);
  await swipe(page, y, y - 150, x);
  await waitUntilScrolled(page);
  assert.notEqual(await frame.evaluate(() => document.activeElement.id), 'canvas');
  await page.close();
});

test('two fingers belong to the browser, focus or not', async () => {
  const { page } = await openPage(site.browser, site.url, { viewport: phone });
  await focusCanvas(page);
  const taken = await page.evaluate(() => {
    const canvas = document.querySelector('#canvas');
    const touch = (identifier, clientX) => new Touch({ identifier, target: canvas, clientX, clientY: 300 });
    const start = (...touches) => {
      const event = new TouchEvent('touchstart', {
        touches,
        targetTouches: touches,
        changedTouches: touches.slice(-1),
        bubbles: true,
        cancelable: true,
      });
      return !canvas.dispatchEvent(event);
    };
    return start(touch(1, 100), touch(2, 200));
  });
  assert.equal(taken, false);
  await page.close();
});
