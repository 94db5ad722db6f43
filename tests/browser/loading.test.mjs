import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mirror, openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

for (const file of ['', 'embed.html']) {
  test(`${file || 'the site'} starts without a word on the console and without foreign hosts`, async () => {
    const { page, problems, requests } = await openPage(site.browser, site.url + file);
    assert.deepEqual(problems, []);
    const { origin } = new URL(site.url);
    for (const request of requests) assert.equal(request.origin, origin);
    assert.equal(await page.$eval('[data-backstep="status"]', (status) => status.hidden), true);
    assert.equal(await page.$eval('html', (html) => html.lang), 'en');
    assert.match(await page.title(), /Backstep/);
    assert.match((await mirror(page)).hash, /^[0-9a-f]{16}$/);
    await page.close();
  });
}

test('nothing is requested and nothing is stored after loading', async () => {
  const { page, requests } = await openPage(site.browser, site.url);
  const count = requests.length;
  await page.focus('#canvas');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await new Promise((done) => setTimeout(done, 800));
  assert.equal(requests.length, count);
  const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  assert.equal(stored, 0);
  await page.close();
});

/** What a browser without something shows. */
async function statusWithout(feature) {
  const { page } = await openPage(site.browser, site.url, {
    ready: false,
    prepare: (opened) => opened.evaluateOnNewDocument(feature),
  });
  await page.waitForFunction(() => !document.querySelector('[data-backstep="status"] progress'), { timeout: 10_000 });
  const text = await page.$eval('[data-backstep="status"]', (status) => status.textContent);
  await page.close();
  return text;
}

test('what the browser lacks is named in a sentence', async () => {
  assert.match(await statusWithout(() => delete globalThis.WebAssembly), /WebAssembly/);
  assert.match(await statusWithout(() => (WebAssembly.validate = () => false)), /SIMD/);
  assert.match(
    await statusWithout(() => {
      const getContext = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (type, ...rest) {
        return type === 'webgl2' ? null : getContext.call(this, type, ...rest);
      };
    }),
    /WebGL 2/,
  );
});

test('a module that cannot be had is told, not waited for', async () => {
  const { page } = await openPage(site.browser, site.url, {
    ready: false,
    prepare: async (opened) => {
      await opened.setRequestInterception(true);
      opened.on('request', (request) =>
        request.url().endsWith('app.wasm') ? request.respond({ status: 404 }) : request.continue(),
      );
    },
  });
  await page.waitForFunction(() =>
    document.querySelector('[data-backstep="status"]').textContent.includes('could not be loaded'),
  );
  await page.close();
});

test('without scripts the page says why it is empty', async () => {
  const { page } = await openPage(site.browser, site.url, {
    ready: false,
    prepare: (opened) => opened.setJavaScriptEnabled(false),
  });
  const shown = await page.$eval('noscript', (element) => element.innerHTML);
  assert.match(shown, /JavaScript/);
  await page.close();
});

test('readers may zoom', async () => {
  const { page } = await openPage(site.browser, site.url);
  const viewport = await page.$eval('meta[name="viewport"]', (meta) => meta.content);
  assert.doesNotMatch(viewport, /user-scalable|maximum-scale|minimum-scale/);
  await page.close();
});
