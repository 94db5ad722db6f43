// How soon a reader can do something: the first interactive frame of the embedded page, beside a page that loads
// TensorFlow.js with its WebAssembly backend and runs a first convolution. And what a frame costs once it is there.
import { quantile, median } from './statistics.mjs';

const LOADS = 9;
const FRAMES = 120;

/** Opens the page in a profile of its own, so that nothing is cached; milliseconds from navigation. */
async function load({ browser, url }, path) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1000, height: 700 });
    await page.evaluateOnNewDocument(noteFirstFrame);
    await page.goto(url + path);
    await page.waitForFunction(() => globalThis.readyAfter, { polling: 100, timeout: 60_000 });
    return await page.evaluate(() => globalThis.readyAfter);
  } finally {
    await context.close();
  }
}

/** In the page: notes when the first frame is drawn and the mirror's controls hear. The other pages note it themselves. */
function noteFirstFrame() {
  const observer = new MutationObserver(() => {
    const mirror = document.querySelector('[data-backstep="mirror"]');
    if (!mirror?.dataset.hash || !(Number(mirror.dataset.frames) > 0)) return;
    globalThis.readyAfter = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

/**
 * @returns milliseconds of Backstep, of the first convolution, and of a page that only makes a context and draws one
 * triangle: what any page that draws with WebGL takes here; and the pairs' ratios to the convolution
 */
export async function measureLoading(host) {
  const rounds = [];
  for (let i = 0; i <= LOADS; i++) {
    const backstep = await load(host, 'dist/embed.html');
    const tfjs = await load(host, 'page/first_convolution.html');
    const triangle = await load(host, 'page/first_triangle.html');
    if (i > 0) rounds.push({ backstep, tfjs, triangle }); // the first one warms the disk
  }
  const times = (page) => rounds.map((round) => round[page]);
  const ratios = (page) => rounds.map((round) => round[page] / round.tfjs);
  return {
    backstep: median(times('backstep')),
    tfjs: median(times('tfjs')),
    triangle: median(times('triangle')),
    share: median(ratios('backstep')),
    p10: quantile(ratios('backstep'), 0.1),
    p90: quantile(ratios('backstep'), 0.9),
    triangleShare: median(ratios('triangle')),
  };
}

/** Steps through the page, one key for each frame, and times the animation callbacks that draw one. */
export async function measureFrames({ browser, url }) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.evaluateOnNewDocument(() => {
    const drawn = () => Number(document.querySelector('[data-backstep="mirror"]')?.dataset.frames ?? 0);
    globalThis.frameTimes = [];
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (callback) =>
      request((time) => {
        const frames = drawn();
        const before = performance.now();
        callback(time);
        const after = performance.now();
        if (drawn() > frames) globalThis.frameTimes.push(after - before);
      });
  });
  await page.evaluateOnNewDocument(noteFirstFrame);
  await page.goto(`${url}dist/embed.html#scene=tiny-cnn&step=0`);
  await page.waitForFunction(() => globalThis.readyAfter, { polling: 50 });
  await page.focus('#canvas');
  await page.evaluate(() => (globalThis.frameTimes.length = 0));
  for (let i = 1; i <= FRAMES; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((wanted) => globalThis.frameTimes.length >= wanted, { polling: 5 }, i);
  }
  const times = await page.evaluate(() => globalThis.frameTimes);
  await page.close();
  return { ms: median(times), p90: quantile(times, 0.9), frames: times.length };
}
