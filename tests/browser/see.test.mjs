// The same sum seen another way, the flip of a kernel and the gradient check: by key, by address, and in the mirror.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const seen = (page) => page.$eval('[name="see"]', (select) => select.value);
const waitForSeen = (page, value) =>
  page.waitForFunction((wanted) => document.querySelector('[name="see"]').value === wanted, {}, value);

test('the ways of seeing a step are chosen by the address, a key and the mirror, and stand in the address', async () => {
  const { page, problems } = await openPage(site.browser, `${site.url}#scene=pocket&step=100&see=scatter`);
  assert.equal(await seen(page), 'scatter');
  await focusCanvas(page);
  await page.keyboard.press('v');
  await waitForSeen(page, 'unrolled');
  await page.select('[name="see"]', 'matrix');
  await waitForSeen(page, 'matrix');
  await page.waitForFunction(() => location.hash.includes('see=matrix'));
  // A step of a ReLU is seen in one way only.
  await page.evaluate(() => (location.hash = '#scene=pocket&step=20&see=matrix'));
  await waitForMirror(page, 'step', '20');
  assert.equal(await page.$eval('[name="see"]', (select) => select.closest('label').hidden), true);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a kernel is turned by a button of the mirror, and undone', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=edge-detect&step=0`);
  const before = (await mirror(page)).hash;
  const pressed = () => page.$eval('[name="flip"]', (button) => button.getAttribute('aria-pressed'));
  assert.equal(await pressed(), 'false');
  await page.$eval('[name="flip"]', (button) => button.click());
  await page.waitForFunction(
    (hash) => document.querySelector('[data-backstep="mirror"]').dataset.hash !== hash,
    {},
    before,
  );
  assert.equal(await pressed(), 'true');
  await focusCanvas(page);
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
  await waitForMirror(page, 'hash', before);
  await page.close();
});

test('the gradient check has a range in the mirror and says what it finds', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=92&inspector=1`);
  const said = () => page.$eval('[data-backstep="check"]', (element) => element.textContent);
  assert.match(await said(), /^Gradient check at .*, eps 0\.01\. double: numeric .* they agree\./);
  await page.$eval('[name="check_width"]', (range) => {
    range.value = '36';
    range.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForFunction(() =>
    document.querySelector('[data-backstep="check"]').textContent.match(/eps 1(\.000)?e−9/),
  );
  assert.match(await said(), /float: .* they differ\./);
  await page.close();
});
