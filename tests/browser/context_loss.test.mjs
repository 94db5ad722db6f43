import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

test('a lost graphics context comes back with the same picture and the same state', async () => {
  const { page, problems } = await openPage(site.browser, site.url);
  await focusCanvas(page);
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await waitUntilStill(page);
  const before = await mirror(page);
  const canvas = await page.$('#canvas');
  const picture = await canvas.screenshot({ encoding: 'base64' });

  await page.evaluate(() => {
    const gl = document.querySelector('#canvas').getContext('webgl2');
    globalThis.lossExtension = gl.getExtension('WEBGL_lose_context');
    globalThis.lossExtension.loseContext();
  });
  await page.waitForFunction(() => document.querySelector('#canvas').getContext('webgl2').isContextLost());
  await page.keyboard.press('ArrowRight'); // the state goes on without a picture
  await page.keyboard.press('ArrowLeft');
  await new Promise((done) => setTimeout(done, 200));
  await page.evaluate(() => globalThis.lossExtension.restoreContext());
  await page.waitForFunction(
    (frames) => document.querySelector('[data-backstep="mirror"]').dataset.frames !== frames,
    { timeout: 5000 },
    before.frames,
  );
  await waitUntilStill(page);

  const after = await mirror(page);
  assert.deepEqual({ ...after, frames: '' }, { ...before, frames: '' });
  assert.equal(await canvas.screenshot({ encoding: 'base64' }), picture);
  // Chromium says that the context was lost; nothing else may be said.
  assert.deepEqual(
    problems.filter((problem) => !/context.*lost|CONTEXT_LOST/i.test(problem)),
    [],
  );
  await page.close();
});
