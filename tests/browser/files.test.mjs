import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror } from './page.mjs';
import { png } from './png.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const SCENE = '#scene=tiny-cnn&step=0&grain=cell';

/** Drops a file on the page, or pastes it, as a reader's browser would tell of it. */
const give = (page, how, name, bytes, type) =>
  page.evaluate(
    (kind, fileName, base64, mime) => {
      const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], fileName, { type: mime }));
      const target = document.querySelector('#canvas');
      const init = { bubbles: true, cancelable: true };
      if (kind === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }));
      else {
        target.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: transfer }));
        target.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: transfer }));
      }
    },
    how,
    name,
    Buffer.from(bytes).toString('base64'),
    type,
  );

const waitForError = (page, pattern) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[role="alert"]').textContent),
    { timeout: 10_000 },
    pattern.source,
  );
const waitForOtherHash = (page, hash) =>
  page.waitForFunction(
    (old) => document.querySelector('[data-backstep="mirror"]').dataset.hash !== old,
    { timeout: 10_000 },
    hash,
  );

const ring = png(97, 61, (x, y) => {
  const inside = Math.abs(Math.hypot(x - 48, y - 30) - 20) < 6;
  return inside ? [20, 20, 30, 255] : [250, 250, 245, 255];
});

for (const how of ['drop', 'paste']) {
  test(`a picture comes in by ${how}, is stepped through, and reset brings the sample back`, async () => {
    const { page, problems } = await openPage(site.browser, site.url + SCENE);
    const before = await mirror(page);
    await give(page, how, 'ring.png', ring, 'image/png');
    await waitForOtherHash(page, before.hash);
    await focusCanvas(page);
    await page.keyboard.press('Home');
    const sentences = new Set();
    for (let i = 0; i < 10; i++) {
      sentences.add((await mirror(page)).narration);
      await page.keyboard.press('ArrowRight');
      await new Promise((done) => setTimeout(done, 60));
    }
    assert.ok(sentences.size > 5, `${sentences.size} sentences`);
    await page.$eval('button[name="reset"]', (button) => button.click());
    await waitForMirror(page, 'hash', before.hash);
    assert.deepEqual(problems, []);
    await page.close();
  });
}

test('a text file that calls itself a picture gets a sentence, and the old input stays', async () => {
  const { page, problems } = await openPage(site.browser, site.url + SCENE);
  const { hash } = await mirror(page);
  await give(page, 'drop', 'notes.png', Buffer.from('These are my notes.'), 'image/png');
  await waitForError(page, /“notes\.png” is not a picture/);
  assert.equal((await mirror(page)).hash, hash);
  await page.$eval('button[name="dismiss"]', (button) => button.click());
  await page.waitForFunction(() => document.querySelector('[role="alert"]').textContent === '');
  assert.deepEqual(problems, []);
  await page.close();
});

test('a broken scene or weights file gets a sentence, and the scene stays', async () => {
  const { page } = await openPage(site.browser, site.url + SCENE);
  const { hash } = await mirror(page);
  for (const name of ['scene.json', 'weights.safetensors']) {
    await give(page, 'drop', name, Buffer.from('{'), '');
    await waitForError(page, /.{10}/);
    assert.equal((await mirror(page)).hash, hash);
    await page.$eval('button[name="dismiss"]', (button) => button.click());
    await page.waitForFunction(() => document.querySelector('[role="alert"]').textContent === '');
  }
  await page.close();
});

test('the file chooser takes a picture', async () => {
  const { page } = await openPage(site.browser, site.url + SCENE);
  const { hash } = await mirror(page);
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const input = document.querySelector('input[name="file"]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'ring.png', { type: 'image/png' }));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, ring.toString('base64'));
  await waitForOtherHash(page, hash);
  await page.close();
});

test('decoding keeps every byte, translucent pixels and odd sizes included', async () => {
  const { page } = await openPage(site.browser, site.url);
  const width = 2051; // more than a tile
  const height = 3;
  const pixel = (x, y) => [(x * 7) & 255, (x + y * 31) & 255, (x * 3 + y) & 255, [255, 128, 1, 0][(x + y) & 3]];
  const decoded = await page.evaluate(
    async (base64) => {
      const { decodePicture } = await import('./shell/picture.mjs');
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const picture = await decodePicture(new File([bytes], 'x.png', { type: 'image/png' }));
      return { ...picture, rgba: [...picture.rgba] };
    },
    png(width, height, pixel).toString('base64'),
  );
  assert.deepEqual([decoded.width, decoded.height], [width, height]);
  const expected = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expected.push(...pixel(x, y));
  assert.deepEqual(decoded.rgba, expected);
  await page.close();
});

test('a picture that is too large is refused by its size', async () => {
  const { page } = await openPage(site.browser, site.url);
  const message = await page.evaluate(async () => {
    const { decodePicture, MOST_PIXELS } = await import('./shell/picture.mjs');
    const real = globalThis.createImageBitmap;
    globalThis.createImageBitmap = async () => ({ width: MOST_PIXELS, height: 2, close() {} });
    try {
      await decodePicture(new File([''], 'map.png'));
      return '';
    } catch (error) {
      return error.message;
    } finally {
      globalThis.createImageBitmap = real;
    }
  });
  assert.match(message, /“map\.png” has 128 megapixels; at most 64/);
  await page.close();
});
