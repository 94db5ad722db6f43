import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, waitForMirror } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

test('an address opens the scene at its step', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=12&grain=product&term=3`);
  const { step, term, grain, error } = await mirror(page);
  assert.deepEqual({ step, term, grain, error }, { step: '12', term: '3', grain: 'product', error: '' });
  await page.close();
});

test('an address that is changed by hand is followed', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=3&grain=cell`);
  await page.evaluate(() => (location.hash = '#scene=pocket&step=40&grain=cell'));
  await waitForMirror(page, 'step', '40');
  await page.close();
});

test('the address follows the steps without filling the history', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=0&grain=cell`);
  const entries = await page.evaluate(() => history.length);
  await focusCanvas(page);
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).get('step') === '20', { timeout: 5000 });
  assert.equal(await page.evaluate(() => history.length), entries);
  await page.reload();
  await waitForMirror(page, 'step', '20');
  await page.close();
});

test('an address nobody has touched stays as it was', async () => {
  const { page } = await openPage(site.browser, `${site.url}embed.html`);
  await new Promise((done) => setTimeout(done, 800));
  assert.equal(await page.evaluate(() => location.hash), '');
  await page.close();
});

for (const [what, hash] of [
  ['a step out of range', '#scene=pocket&step=155'],
  ['a step that is no number', '#scene=pocket&step=two'],
  ['an unknown key', '#scene=pocket&stepp=3'],
  ['a key that stands twice', '#scene=pocket&step=1&step=2'],
  ['an unknown scene', '#scene=pockets'],
  ['a scene that is no scene', `#scene=${Buffer.from('{"version":99}').toString('base64url')}`],
]) {
  test(`${what} is an error in words, and the default scene`, async () => {
    const { page, problems } = await openPage(site.browser, site.url + hash);
    const { error, steps, step } = await mirror(page);
    assert.ok(error.length > 10, error);
    assert.deepEqual({ steps, step }, { steps: '155', step: '0' });
    assert.deepEqual(problems, []);
    await page.close();
  });
}

test('the theme of the address holds for the page around the canvas too', async () => {
  for (const theme of ['dark', 'light']) {
    const { page } = await openPage(site.browser, `${site.url}#scene=pocket&theme=${theme}`, {
      dark: theme === 'light',
    });
    assert.equal(await page.$eval('html', (html) => getComputedStyle(html).colorScheme), theme);
    await page.close();
  }
});
