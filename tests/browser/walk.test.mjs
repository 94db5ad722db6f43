// The whole of a scene in the page: what the mirror says at each step is what the headless program prints.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dist } from '../../tools/lib/paths.mjs';
import { focusCanvas, mirror, openPage, waitForMirror } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const backstep = (...args) =>
  execFileSync(process.execPath, [join(dist, 'backstep-cli.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  }).trim();

/** The sentence of each step, as `backstep step` prints them. */
function sentences(scene) {
  const lines = backstep('step', scene, '--at', '0', '--count', '1000000').split('\n');
  return lines.map((line) => line.slice(line.indexOf('\t') + 1));
}

test('pocket by keys alone, out and back: the same sentence at each step, and the program’s hash', async () => {
  const wanted = sentences('pocket');
  const { page, problems } = await openPage(site.browser, `${site.url}#scene=pocket`);
  assert.equal((await mirror(page)).hash, backstep('hash', 'pocket'));
  await focusCanvas(page);
  await page.keyboard.press('Home');
  for (let step = 0; step < wanted.length; step += 1) {
    await waitForMirror(page, 'step', String(step));
    assert.equal((await mirror(page)).narration, wanted[step]);
    await page.keyboard.press('ArrowRight');
  }
  for (let step = wanted.length - 1; step >= 0; step -= 1) {
    await waitForMirror(page, 'step', String(step));
    assert.equal((await mirror(page)).narration, wanted[step]);
    await page.keyboard.press('ArrowLeft');
  }
  assert.deepEqual(problems, []);
  await page.close();
});

test('tiny-cnn at 500 steps drawn by lot: the program’s sentence and hash', async () => {
  const wanted = sentences('tiny-cnn');
  const { page, problems } = await openPage(site.browser, `${site.url}#scene=tiny-cnn`);
  const { hash, steps } = await mirror(page);
  assert.equal(hash, backstep('hash', 'tiny-cnn'));
  assert.equal(Number(steps), wanted.length);
  let seed = 1;
  const drawn = Array.from({ length: 500 }, () => {
    seed = (seed * 48271) % 2147483647;
    return seed % wanted.length;
  });
  // The scrubber of the mirror seeks; its answer is there when the event has been handled.
  const heard = await page.evaluate((wishes) => {
    const root = document.querySelector('[data-backstep="mirror"]');
    const scrubber = root.querySelector('input[type="range"]');
    return wishes.map((step) => {
      scrubber.value = String(step);
      scrubber.dispatchEvent(new Event('input', { bubbles: true }));
      return {
        step: Number(root.dataset.step),
        sentence: root.querySelector('[data-backstep="narration"]').textContent,
      };
    });
  }, drawn);
  assert.deepEqual(
    heard,
    drawn.map((step) => ({ step, sentence: wanted[step] })),
  );
  assert.deepEqual(problems, []);
  await page.close();
});
