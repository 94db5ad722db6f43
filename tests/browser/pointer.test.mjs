// Mouse and finger on the drawn controls. Where they are drawn is looked for, not known: by the hand that the pointer
// becomes over them, or by trying.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const START = 'embed.html#scene=pocket&step=0&grain=cell';
const step = async (page) => Number((await mirror(page)).step);

/** A point of the canvas where the pointer becomes a hand, searched from the bottom left. */
async function findButton(page) {
  const { width, height } = await page.$eval('#canvas', (canvas) => canvas.getBoundingClientRect().toJSON());
  for (let y = height - 12; y > height - 140; y -= 16) {
    for (let x = 20; x < width / 2; x += 24) {
      await page.mouse.move(x, y);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      if ((await page.$eval('#canvas', (canvas) => canvas.style.cursor)) === 'pointer') return { x, y };
    }
  }
  return assert.fail('no button found');
}

/** A height at which a drag from left to right moves the steps. */
async function findScrubber(page, drag) {
  const { height } = await page.$eval('#canvas', (canvas) => canvas.getBoundingClientRect().toJSON());
  for (let y = height - 6; y > height - 160; y -= 8) {
    await drag(y);
    await waitUntilStill(page);
    if ((await step(page)) > 20) return y;
  }
  return assert.fail('no scrubber found');
}

test('a click on the drawn button steps', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { x, y } = await findButton(page); // Back is of no use at the start: the first one is Next
  await page.mouse.click(x, y);
  await waitForMirror(page, 'step', '1');
  await page.mouse.click(x, y);
  await waitForMirror(page, 'step', '2');
  await page.close();
});

test('a drag goes on outside the canvas and ends where the button goes up', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const drag = async (y) => {
    await page.mouse.move(40, y);
    await page.mouse.down();
    await page.mouse.move(500, y, { steps: 4 });
    await waitUntilStill(page);
    await page.mouse.up();
  };
  const y = await findScrubber(page, drag);
  await page.mouse.move(40, y);
  await page.mouse.down();
  await page.mouse.move(5000, y, { steps: 3 });
  await waitForMirror(page, 'step', '154');
  await page.mouse.up();
  await page.mouse.move(300, y, { steps: 3 });
  await waitUntilStill(page);
  assert.equal(await step(page), 154);
  await page.close();
});

test('a finger drags the scrubber once the canvas has the focus', async () => {
  const viewport = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
  const { page } = await openPage(site.browser, site.url + START, { viewport });
  const drag = async (y) => {
    const touch = await page.touchscreen.touchStart(40, y);
    for (let x = 60; x <= 300; x += 40) await touch.move(x, y);
    await waitUntilStill(page);
    await touch.end();
  };
  await focusCanvas(page);
  await findScrubber(page, drag);
  await page.close();
});

test('Ctrl Z takes an edit back', async () => {
  const { page } = await openPage(site.browser, site.url + START);
  const { hash } = await mirror(page);
  await page.select('[name="target"]', '1');
  await page.waitForFunction(
    (old) => document.querySelector('[data-backstep="mirror"]').dataset.hash !== old,
    {},
    hash,
  );
  await focusCanvas(page);
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
  await waitForMirror(page, 'hash', hash);
  await page.close();
});
