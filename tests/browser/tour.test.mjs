// The whole tour in the page: by keys alone, by touch alone; paused, left and taken up again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, placeOf, waitForMirror, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The site as a first visitor sees it, without motion: what is walked is not what is waited for. */
const open = async (options = {}) => {
  const opened = await openPage(site.browser, `${site.url}#`, {
    prepare: (page) => page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]),
    ...options,
  });
  return opened;
};

const tour = (page) =>
  page.$eval('[data-backstep="tour"]', (section) => ({
    ...section.dataset,
    title: section.querySelector('h2').textContent,
    text: section.querySelector('p').textContent,
  }));

const waitForTour = (page, name, value) =>
  page.waitForFunction(
    (key, wanted) => document.querySelector('[data-backstep="tour"]').dataset[key] === wanted,
    { polling: 10, timeout: 10_000 },
    name,
    value,
  );

/** Goes to the end by `next`, looking at every stop. */
async function walk(page, next) {
  const stops = Number((await tour(page)).stops);
  assert.ok(stops > 40, `${stops} stops`);
  const texts = new Set();
  for (let stop = 1; stop <= stops; stop++) {
    await waitForTour(page, 'stop', String(stop));
    const { title, text } = await tour(page);
    assert.match(title, new RegExp(`, ${stop} of ${stops}$`));
    assert.doesNotMatch(text, /[{}]|NaN/);
    texts.add(text);
    await next();
  }
  assert.equal(texts.size, stops);
  await waitForTour(page, 'tour', 'left');
}

test('the first minute asks for a number, and typing answers', async () => {
  const { page, problems } = await open();
  assert.equal((await tour(page)).stop, '1');
  assert.match((await mirror(page)).narration, /\?$/);
  await focusCanvas(page);
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#backstep-tour').textContent.startsWith('Not 7'));
  await page.keyboard.type('-2');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#backstep-tour').textContent.startsWith('Right!'));
  assert.doesNotMatch((await mirror(page)).narration, /\?$/);
  assert.deepEqual(problems, []);
  await page.close();
});

test('by keys alone, forward and back', async () => {
  const { page, problems } = await open();
  await focusCanvas(page);
  await walk(page, () => page.keyboard.press('ArrowRight'));
  await page.keyboard.press('t'); // the last stop again
  await waitForTour(page, 'tour', 'running');
  const last = Number((await tour(page)).stops);
  for (let stop = last - 1; stop >= last - 4; stop--) {
    await page.keyboard.press('PageUp');
    await waitForTour(page, 'stop', String(stop));
  }
  assert.deepEqual(problems, []);
  await page.close();
});

test('by mouse alone, at a place that Next keeps', async () => {
  const { page, problems } = await open();
  const place = await placeOf(page, 'tour.next');
  const back = await placeOf(page, 'tour.back');
  await page.mouse.click(place.x, place.y);
  await waitForTour(page, 'stop', '2');
  await waitUntilStill(page); // Back can be pressed once it is drawn as such
  await page.mouse.click(back.x, back.y);
  await waitForTour(page, 'stop', '1');
  await walk(page, async () => {
    assert.deepEqual(await placeOf(page, 'tour.next'), place);
    await page.mouse.click(place.x, place.y);
  });
  assert.deepEqual(problems, []);
  await page.close();
});

test('by touch alone', async () => {
  const { page, problems } = await open({ viewport: PHONE });
  const next = await placeOf(page, 'tour.next');
  const back = await placeOf(page, 'tour.back');
  assert.ok(next.height >= 44 && back.height >= 44);
  await page.touchscreen.tap(next.x, next.y);
  await waitForTour(page, 'stop', '2');
  await waitUntilStill(page);
  await page.touchscreen.tap(back.x, back.y);
  await waitForTour(page, 'stop', '1');
  await walk(page, () => page.touchscreen.tap(next.x, next.y));
  assert.deepEqual(problems, []);
  await page.close();
});

test('it is paused by looking round, goes on at its stop, and keeps its place when it is left', async () => {
  const { page } = await open();
  await focusCanvas(page);
  for (let stop = 2; stop <= 7; stop++) {
    await page.keyboard.press('PageDown');
    await waitForTour(page, 'stop', String(stop));
  }
  const { cell } = await mirror(page);
  await page.keyboard.press('Escape');
  await waitForTour(page, 'tour', 'paused');
  await page.keyboard.press('End');
  await waitForMirror(page, 'step', '154');
  await page.keyboard.press('t');
  await waitForTour(page, 'tour', 'running');
  assert.equal((await mirror(page)).cell, cell);
  // Skipped, and looked at another scene.
  await page.$eval('button[name="tour-skip"]', (button) => button.click());
  await waitForTour(page, 'tour', 'left');
  await page.select('[name="scene"]', 'max-pool');
  await page.$eval('button[name="tour-start"]', (button) => button.click());
  await waitForTour(page, 'tour', 'running');
  assert.equal((await tour(page)).stop, '7');
  assert.equal((await mirror(page)).cell, cell);
  // The address brings it back too.
  await page.waitForFunction(() => location.hash.includes('stop=7'), { timeout: 5000 });
  await page.reload();
  await waitUntilStill(page);
  assert.equal((await tour(page)).stop, '7');
  await page.close();
});

test('everything at once and presenting are remembered in the address', async () => {
  const { page } = await open();
  await page.$eval('button[name="everything"]', (button) => button.click());
  await focusCanvas(page);
  await page.keyboard.press('p');
  await page.waitForFunction(() => /everything=1/.test(location.hash) && /present=1/.test(location.hash));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.hash.includes('present'));
  assert.equal((await tour(page)).tour, 'running');
  await page.close();
});
