// What the reader takes along: the link, the formula, pictures of the stage.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { focusCanvas, openPage, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
let folder;
before(async () => {
  site = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'backstep-saved-'));
});
after(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

const AT = '#scene=pocket&step=5&grain=cell';
const said = (page, pattern) =>
  page.waitForFunction(
    (source) => [...document.querySelectorAll('[role="status"]')].some((e) => new RegExp(source).test(e.textContent)),
    { timeout: 5000 },
    pattern.source,
  );

test('link and formula are copied', async () => {
  const context = site.browser.defaultBrowserContext();
  await context.overridePermissions(new URL(site.url).origin, ['clipboard-read', 'clipboard-write']);
  const { page, problems } = await openPage(site.browser, site.url + AT);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.focus('button[name="next"]');
  await page.click('button[name="copy-link"]');
  await said(page, /Link copied/);
  assert.equal(await clipboard(), page.url());
  assert.match(await clipboard(), /step=5/);
  await focusCanvas(page);
  await page.keyboard.press('f');
  await said(page, /Formula copied/);
  assert.match(await clipboard(), /^Y\\left\[.*\\sum_\{p, q\}.*K\\left\[/);
  assert.deepEqual(problems, []);
  await page.close();
});

test('the stage is saved as PNG, twice as fine as the screen, and as SVG', async () => {
  const viewport = { width: 800, height: 600, deviceScaleFactor: 1 };
  const { page, problems } = await openPage(site.browser, site.url + AT, { viewport });
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
  const saved = async (name) => {
    const path = join(folder, name);
    for (let tries = 0; tries < 100 && !existsSync(path); tries++) await new Promise((done) => setTimeout(done, 50));
    return readFileSync(path);
  };
  await focusCanvas(page);
  await page.keyboard.press('s');
  const png = await saved('backstep-conv1-y-0-1-1.png');
  assert.equal(png.readUInt32BE(16), 1600);
  assert.equal(png.readUInt32BE(20), 1200);
  // It shows something: the same picture in one colour would be far smaller.
  assert.ok(png.length > 15_000, `${png.length} bytes`);
  await page.focus('button[name="next"]');
  await page.click('button[name="save-svg"]');
  const svg = String(await saved('backstep-conv1-y-0-1-1.svg'));
  assert.match(svg, /^<svg [^>]*width="800"/);
  assert.match(svg, /conv1\.y\[0,1,1\]|Cross-correlation/);
  // The page is itself again.
  await waitUntilStill(page);
  assert.equal(await page.$eval('#canvas', (canvas) => canvas.width), 800);
  assert.deepEqual(problems, []);
  await page.close();
});
