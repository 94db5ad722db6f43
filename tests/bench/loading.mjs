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

/** In the page: notes when the first frame is drawn and the mirror's controls hear. The other page notes it itself. */
function noteFirstFrame() {
  const look = () => {
    const mirror = document.querySelector('[data-backstep="mirror"]');
    if (mirror?.dataset.hash && Number(mirror.dataset.frames) > 0) globalThis.readyAfter = performance.now();
    if (!globalThis.readyAfter) requestAnimationFrame(look);
  };
  look();
}

/** @returns milliseconds of both, and the median of the pairs' ratios */
export async function measureLoading(host) {
  const pairs = [];
  for (let i = 0; i <= LOADS; i++) {
    const backstep = await load(host, 'dist/embed.html');
    const tfjs = await load(host, 'page/first_convolution.html');
    if (i > 0) pairs.push({ backstep, tfjs }); // the first one warms the disk
  }
  const ratios = pairs.map(({ backstep, tfjs }) => backstep / tfjs);
  return {
    backstep: median(pairs.map((pair) => pair.backstep)),
    tfjs: median(pairs.map((pair) => pair.tfjs)),
    share: median(ratios),
    p10: quantile(ratios, 0.1),
    p90: quantile(ratios, 0.9),
  };
}

/** Steps through the page and times what it does in its animation callbacks. */
export async function measureFrames({ browser, url }) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.evaluateOnNewDocument(() => {
    globalThis.frameTimes = [];
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (callback) =>
      request((time) => {
        const before = performance.now();
        callback(time);
        globalThis.frameTimes.push(performance.now() - before);
      });
  });
  await page.evaluateOnNewDocument(noteFirstFrame);
  await page.goto(`${url}dist/embed.html#scene=tiny-cnn&step=0`);
  await page.waitForFunction(() => globalThis.readyAfter, { polling: 50 });
  await page.focus('#canvas');
  const frames = () => page.$eval('[data-backstep="mirror"]', (mirror) => Number(mirror.dataset.frames));
  const before = await frames();
  await page.evaluate(() => (globalThis.frameTimes.length = 0));
  for (let i = 0; i < FRAMES; i++) await page.keyboard.press('ArrowRight');
  const times = await page.evaluate(() => globalThis.frameTimes);
  const drawn = (await frames()) - before;
  await page.close();
  return { ms: median(times), p90: quantile(times, 0.9), frames: drawn };
}
