// Opens the page as a reader would, and watches what a reader cannot see: errors, requests, animation callbacks.
import assert from 'node:assert/strict';

/** Counts animation callbacks that are asked for and not yet run, from before the page's own scripts. */
function countAnimationCallbacks() {
  const pending = new Set();
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  const cancel = globalThis.cancelAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (callback) => {
    const id = request((time) => {
      pending.delete(id);
      callback(time);
    });
    pending.add(id);
    return id;
  };
  globalThis.cancelAnimationFrame = (id) => {
    pending.delete(id);
    cancel(id);
  };
  globalThis.pendingAnimationCallbacks = () => pending.size;
}

/**
 * @typedef {object} OpenPage
 * @property {import('puppeteer-core').Page} page
 * @property {string[]} problems  errors and warnings on the console, uncaught errors, failed requests
 * @property {URL[]} requests
 */

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url without a fragment the site opens without its tour: `#tour=0`
 * @param {{viewport?: import('puppeteer-core').Viewport, dark?: boolean, prepare?: (page: import('puppeteer-core').Page) => Promise<void>,
 *   ready?: boolean}} [options]
 * @returns {Promise<OpenPage>}
 */
export async function openPage(browser, url, { viewport, dark = false, prepare, ready = true } = {}) {
  const page = await browser.newPage();
  const problems = [];
  const requests = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => requests.push(new URL(request.url())));
  await page.setViewport(viewport ?? { width: 1000, height: 700, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.evaluateOnNewDocument(countAnimationCallbacks);
  await prepare?.(page);
  await page.goto(url.includes('#') || url.includes('embed.html') ? url : `${url}#tour=0`);
  if (ready) await waitUntilStill(page);
  return { page, problems, requests };
}

/** Everything the mirror says. */
export const mirror = (page) =>
  page.$eval('[data-backstep="mirror"]', (element) => ({
    ...element.dataset,
    narration: element.querySelector('[data-backstep="narration"]').textContent,
    error: element.querySelector('[role="alert"]').textContent,
  }));

/** Waits for the first frame, and then until no further one is wanted and none is drawn for a while from now on. */
export async function waitUntilStill(page) {
  await page.evaluate(() => (globalThis.stillSince = performance.now()));
  await page.waitForFunction(
    () => {
      const frames = Number(document.querySelector('[data-backstep="mirror"]').dataset.frames ?? 0);
      const now = performance.now();
      if (frames !== globalThis.lastFrames || globalThis.pendingAnimationCallbacks() > 0) {
        globalThis.lastFrames = frames;
        globalThis.stillSince = now;
      }
      return frames > 0 && now - globalThis.stillSince > 200;
    },
    { polling: 50, timeout: 30_000 },
  );
}

/** Waits until a field of the mirror has a value. */
export async function waitForMirror(page, name, value) {
  await page
    .waitForFunction(
      (key, wanted) => document.querySelector('[data-backstep="mirror"]').dataset[key] === wanted,
      { polling: 20, timeout: 10_000 },
      name,
      value,
    )
    .catch(async () => assert.equal((await mirror(page))[name], value, name));
}

/**
 * Where an area of the canvas is drawn, by its name: its middle, and how large it is. Fails where it is not drawn.
 * @returns {Promise<{x: number, y: number, width: number, height: number}>}
 */
export async function placeOf(page, name, index = 0) {
  const place = await page.$eval(
    '#canvas',
    (canvas, area, member) => {
      const found = canvas.placeOf(area, member);
      const { left, top } = canvas.getBoundingClientRect();
      const { x, y, width, height } = found ?? {};
      return found && { x: left + x + width / 2, y: top + y + height / 2, width, height };
    },
    name,
    index,
  );
  assert.ok(place, `${name} is not drawn`);
  return place;
}

export const focusCanvas = (page) => page.focus('#canvas');
