import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mirror, openPage, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const pending = (page) => page.evaluate(() => globalThis.pendingAnimationCallbacks());

/** Nothing is drawn and nothing is pending for a second. */
async function assertStill(page) {
  const { frames } = await mirror(page);
  for (let i = 0; i < 10; i++) {
    assert.equal(await pending(page), 0);
    await pause(100);
  }
  assert.equal((await mirror(page)).frames, frames);
}

test('nothing is drawn while nothing changes', async () => {
  const { page } = await openPage(site.browser, site.url);
  await assertStill(page);
  await page.focus('#canvas');
  await page.keyboard.press('ArrowRight');
  await waitUntilStill(page);
  await assertStill(page);
  await page.close();
});

test('a pointer that rests on the canvas asks for no frames', async () => {
  const { page } = await openPage(site.browser, site.url);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await waitUntilStill(page);
  await assertStill(page);
  await page.close();
});

test('a step draws a few frames, not one for each millisecond of its motion and ever after', async () => {
  const { page } = await openPage(site.browser, site.url);
  const before = Number((await mirror(page)).frames);
  await page.focus('#canvas');
  await page.keyboard.press('ArrowRight');
  await waitUntilStill(page);
  const drawn = Number((await mirror(page)).frames) - before;
  assert.ok(drawn >= 1 && drawn < 90, `${drawn} frames`);
  await page.close();
});

test('playing steps by itself, and comes to rest when it is paused', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=0&grain=cell`);
  await page.focus('#canvas');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => Number(document.querySelector('[data-backstep="mirror"]').dataset.step) >= 3, {
    timeout: 20_000,
  });
  await page.keyboard.press('Space');
  await waitUntilStill(page);
  await assertStill(page);
  await page.close();
});

test('out of sight nothing is drawn, and the mirror works all the same', async () => {
  const { page } = await openPage(site.browser, site.url);
  await page.evaluate(() => {
    document.body.style.height = '400vh';
    document.querySelector('main').style.marginTop = '200vh';
  });
  await pause(400);
  const { frames, step } = await mirror(page);
  await page.$eval('button[name="next"]', (button) => button.click());
  await pause(300);
  const after = await mirror(page);
  assert.equal(after.frames, frames);
  assert.notEqual(after.step, step);
  assert.equal(await pending(page), 0);
  await page.$eval('#canvas', (canvas) => canvas.scrollIntoView());
  await page.waitForFunction(
    (count) => document.querySelector('[data-backstep="mirror"]').dataset.frames !== count,
    { timeout: 5000 },
    frames,
  );
  await page.close();
});
