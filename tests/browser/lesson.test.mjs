// The chapters as a reader meets them: walked to their end, on paper, without scripts, and for everybody.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { listChapters } from '../../tools/lessons/index.mjs';
import { dist } from '../../tools/lib/paths.mjs';
import { mirror, openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const chapters = listChapters();
const open = (slug, options) => openPage(site.browser, `${site.url}lesson/${slug}.html#`, options);
const sections = (page) => page.$$eval('.stop', (all) => all.map(({ id }) => id));
const tour = (page) => page.$eval('[data-backstep="tour"]', ({ dataset }) => ({ ...dataset }));

async function waitForStop(page, stop) {
  await page.waitForFunction(
    (wanted) => document.querySelector('[data-backstep="tour"]').dataset.stop === wanted,
    { polling: 20, timeout: 10_000 },
    stop,
  );
}

for (const { slug } of chapters) {
  test(`${slug}: every paragraph drives the canvas, nothing goes wrong`, async () => {
    const { page, problems } = await open(slug);
    const names = await sections(page);
    assert.ok(names.length >= 3);
    for (let i = 1; i <= names.length; i++) {
      await waitForStop(page, String(i));
      const { error, cell } = await mirror(page);
      assert.equal(error, '');
      assert.match(cell, /^\w+\.\w+/);
      assert.equal(await page.$eval('.stop.current', ({ id }) => id), names[i - 1]);
      await page.keyboard.press('ArrowRight');
    }
    // What a switch shows is part of the chapter too.
    for (const stop of await page.$$eval('[data-go]', (all) => all.map((button) => button.dataset.go))) {
      await page.$eval(`[data-go="${stop}"]`, (button) => button.click());
      await waitForStop(page, stop);
      assert.equal((await mirror(page)).error, '');
    }
    assert.deepEqual(problems, []);
    await page.close();
  });

  test(`${slug}: without barriers`, async () => {
    const { page } = await open(slug);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
    );
    await page.close();
  });
}

test('scrolling drives the canvas, stepping on it frees it, T brings it back', async () => {
  const [{ slug }] = chapters;
  const { page } = await open(slug);
  const names = await sections(page);
  const scrollTo = (name) =>
    page.evaluate((id) => scrollTo(0, scrollY + document.getElementById(id).getBoundingClientRect().top - 100), name);
  await scrollTo(names[2]);
  await waitForStop(page, '3');
  await page.waitForFunction((id) => location.hash === `#${id}`, {}, names[2]);

  await page.focus('#canvas');
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight'); // a layer on: the reader's own way
  await page.keyboard.up('Shift');
  await page.waitForFunction(() => document.querySelector('.reading').dataset.free === 'true');
  const { step } = await mirror(page);
  await scrollTo(names[4]);
  await new Promise((done) => setTimeout(done, 500));
  assert.equal((await mirror(page)).step, step);

  await page.$eval('#canvas', (canvas) => canvas.blur());
  await page.keyboard.press('t');
  await page.waitForFunction(() => document.querySelector('.reading').dataset.free === 'false');
  await page.close();
});

test('an address that names a paragraph opens there', async () => {
  const [{ slug }] = chapters;
  const { page } = await openPage(site.browser, `${site.url}lesson/${slug}.html#flip`);
  assert.equal(await page.$eval('.stop.current', ({ id }) => id), 'flip');
  await page.close();
});

test('a guess is judged in the text', async () => {
  const [{ slug }] = chapters;
  const { page } = await open(slug);
  const [name] = await sections(page);
  const guess = async (value) => {
    await page.type(`#${name} [name="guess"]`, value);
    await page.keyboard.press('Enter');
  };
  assert.equal(await page.$eval(`#${name} .answer`, ({ hidden }) => hidden), true);
  await guess('1000');
  await page.waitForFunction((id) => document.querySelector(`#${id} .verdict`).textContent.startsWith('Not'), {}, name);
  await guess(await page.$eval(`#${name} .answer .n`, ({ textContent }) => textContent));
  await page.waitForFunction((id) => !document.querySelector(`#${id} .answer`).hidden, {}, name);
  await page.close();
});

test('without scripts the text stands by itself, with pictures', async () => {
  for (const { slug } of chapters) {
    const { page } = await open(slug, { prepare: (made) => made.setJavaScriptEnabled(false), ready: false });
    const html = await page.content();
    assert.ok(html.includes('<math'));
    assert.equal(await page.$eval('.canvas', (element) => getComputedStyle(element).display), 'none');
    await page.close();
  }
});

test('on paper stands all of the text, with a picture for each passage and nothing to press', async () => {
  for (const { slug } of chapters) {
    const { page } = await open(slug);
    await fillExperiments(page);
    await page.emulateMediaType('print');
    const seen = await page.evaluate(() => {
      const shown = (element) => element.checkVisibility({ contentVisibilityAuto: true });
      const all = (selector) => [...document.querySelectorAll(selector)];
      return {
        unseen: all('.stop p, .answer p')
          .filter((p) => !shown(p) && !p.matches('.verdict, .live p'))
          .map((p) => p.textContent),
        experiments: all('.live').filter(shown).length,
        bare: all('.stop')
          .filter((stop) => ![...stop.querySelectorAll('.still img')].some(shown))
          .map(({ id }) => id),
        pressable: all('button')
          .filter(shown)
          .map((button) => button.textContent),
        wide: all('.still img').filter((image) => image.width > 660).length,
      };
    });
    assert.deepEqual(seen, { unseen: [], experiments: 0, bare: [], pressable: [], wide: 0 }, slug);
    await page.close();
  }
});

test('the site leads to every chapter, and each chapter on to the next, to practice and to paper', async () => {
  const { page: front } = await openPage(site.browser, site.url, {
    prepare: (made) => made.setJavaScriptEnabled(false),
    ready: false,
  });
  const linksOf = (page, selector) => page.$$eval(`${selector} a`, (all) => all.map(({ href }) => href));
  const addresses = chapters.map(({ slug }) => `${site.url}lesson/${slug}.html`);
  const more = [`${site.url}practice.html`, `${site.url}worksheet.html`];
  assert.deepEqual(await linksOf(front, '.learn'), [`${site.url}lesson/index.html`, ...addresses, ...more]);
  for (const [i, address] of addresses.entries()) {
    await front.goto(address);
    assert.deepEqual(await linksOf(front, '.more'), more);
    const all = `${site.url}lesson/index.html`;
    assert.deepEqual(await linksOf(front, '.onward'), [addresses[i - 1] ?? all, addresses[i + 1] ?? all]);
    assert.deepEqual(await linksOf(front, '.contents'), addresses);
  }
  await front.goto(`${site.url}lesson/index.html`);
  const tops = await front.$$eval('.cover > *', (all) => all.map((element) => element.getBoundingClientRect().top));
  assert.deepEqual(
    tops,
    [...new Set(tops)].sort((a, b) => a - b),
    'one below the other',
  );
  await front.close();
});

const KILOBYTE = 1000;
const MOST = 150 * KILOBYTE;

/** Brings every experiment into sight, as somebody does who reads to the end, until it is there. */
async function fillExperiments(page) {
  for (const place of await page.$$('[data-widget]')) {
    await place.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await page.waitForFunction((element) => element.dataset.ready !== undefined, { polling: 50 }, place);
  }
}

test('a chapter read to its end is at most 150 KB more than the page', async (context) => {
  const common = await openPage(site.browser, `${site.url}embed.html`);
  const page = new Set(common.requests.map(({ pathname }) => pathname));
  await common.page.close();
  const sizes = new Map();
  const sizeOf = (path) => {
    if (!sizes.has(path)) {
      const bytes = readFileSync(join(dist, path));
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
      sizes.set(path, brotliCompressSync(bytes, { params }).length);
    }
    return sizes.get(path);
  };
  for (const { slug } of chapters) {
    const { page: opened, requests } = await open(slug);
    await fillExperiments(opened);
    const own = [...new Set(requests.map(({ pathname }) => pathname))].filter((path) => !page.has(path));
    const total = own.reduce((sum, path) => sum + sizeOf(path), 0);
    context.diagnostic(`${slug}: ${(total / KILOBYTE).toFixed(0)} KB, ${own.join(' ')}`);
    assert.ok(total <= MOST, `${slug}: ${total} bytes`);
    await opened.close();
  }
});
