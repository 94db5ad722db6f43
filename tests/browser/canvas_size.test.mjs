import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const sizes = (page) =>
  page.$eval('#canvas', (canvas) => {
    const { width, height } = canvas.getBoundingClientRect();
    return { css: [width, height], pixels: [canvas.width, canvas.height], ratio: devicePixelRatio };
  });

function assertCrisp({ css, pixels, ratio }, wanted) {
  assert.equal(ratio, wanted);
  for (const i of [0, 1]) {
    // Where the edges of the canvas fall between two pixels, the screen may show one more or less than the product.
    assert.ok(Math.abs(pixels[i] - css[i] * ratio) <= 1, `${pixels[i]} pixels for ${css[i]} at ${ratio}`);
  }
}

/** A busy machine tells the page of its new size late; what it then never follows is reported by assertCrisp. */
async function waitForRatio(page, ratio) {
  const follows = () =>
    page.evaluate((wanted) => {
      const canvas = document.querySelector('#canvas');
      const { width } = canvas.getBoundingClientRect();
      return devicePixelRatio === wanted && Math.abs(canvas.width - width * wanted) <= 1;
    }, ratio);
  for (let tries = 0; tries < 100 && !(await follows()); tries += 1) await new Promise((done) => setTimeout(done, 100));
  await waitUntilStill(page);
}

for (const ratio of [1, 1.25, 1.5, 2, 3]) {
  test(`one canvas pixel for each pixel of the screen at ratio ${ratio}`, async () => {
    const viewport = { width: 1000, height: 700, deviceScaleFactor: ratio };
    const { page } = await openPage(site.browser, site.url, { viewport });
    assertCrisp(await sizes(page), ratio);
    await page.close();
  });
}

test('the canvas follows the window and a change of the ratio', async () => {
  const { page } = await openPage(site.browser, site.url);
  for (const viewport of [
    { width: 600, height: 800, deviceScaleFactor: 1 },
    { width: 500, height: 800, deviceScaleFactor: 2 }, // to a finer screen
    { width: 250, height: 400, deviceScaleFactor: 4 }, // zoomed: as many pixels, another ratio
    { width: 1440, height: 900, deviceScaleFactor: 1 },
  ]) {
    await page.setViewport(viewport);
    await waitForRatio(page, viewport.deviceScaleFactor);
    assertCrisp(await sizes(page), viewport.deviceScaleFactor);
  }
  await page.close();
});

test('the page does not scroll sideways on a phone', async () => {
  const viewport = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
  const { page } = await openPage(site.browser, site.url, { viewport });
  const [scrolled, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(scrolled <= width, `${scrolled} > ${width}`);
  await page.close();
});
