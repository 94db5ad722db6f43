import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const NAMES = [
  'ground',
  'surface',
  'ink',
  'dim-ink',
  'hairline',
  'control',
  'focus',
  'primary',
  'primary-ink',
  'error',
];

const colours = (page) =>
  page.evaluate((names) => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).toLowerCase()]));
  }, NAMES);

for (const dark of [false, true]) {
  test(`the ${dark ? 'dark' : 'light'} page wears the canvas's colours from the start`, async () => {
    const { page } = await openPage(site.browser, site.url, { dark });
    const running = await colours(page);
    await page.evaluate(() => document.documentElement.removeAttribute('style'));
    assert.deepEqual(await colours(page), running);
    await page.close();
  });
}

test('light and dark follow the system while the page is open', async () => {
  const { page } = await openPage(site.browser, site.url);
  const light = await colours(page);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.waitForFunction(
    (ground) => getComputedStyle(document.documentElement).getPropertyValue('--ground').toLowerCase() !== ground,
    { timeout: 10_000, polling: 50 },
    light.ground,
  );
  const dark = await colours(page);
  assert.notEqual(dark.ground, light.ground);
  const ground = await page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
  const [r, g, b] = dark.ground.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16));
  assert.equal(ground, `rgb(${r}, ${g}, ${b})`);
  await page.close();
});
