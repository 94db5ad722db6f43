import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { dist } from '../../tools/lib/paths.mjs';
import { openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const KILOBYTE = 1000;
const MOST = 450 * KILOBYTE;

function brotliSize(path) {
  const bytes = readFileSync(join(dist, path));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(bytes, { params }).length;
}

test('the embedded page is at most 450 KB in all', async (context) => {
  const { page, requests } = await openPage(site.browser, `${site.url}embed.html`);
  const paths = [...new Set(requests.map((request) => request.pathname))];
  assert.ok(paths.includes('/app.wasm'));
  const sizes = paths.map((path) => [path, brotliSize(path)]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  context.diagnostic(`${(total / KILOBYTE).toFixed(0)} KB: ${sizes.map((entry) => entry.join(' ')).join(', ')}`);
  assert.ok(total <= MOST, `${total} bytes`);
  await page.close();
});

/** Keeps the memory that the page's program exports where the test can see it. */
function watchMemory() {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      const exported = Object.values((result.instance ?? result).exports);
      globalThis.programMemory = exported.find((value) => value instanceof WebAssembly.Memory);
      return result;
    };
  }
}

test('the program takes at most 32 MiB of memory to start, and to show the largest preset', async (context) => {
  const prepare = (page) => page.evaluateOnNewDocument(watchMemory);
  const { page } = await openPage(site.browser, `${site.url}embed.html#scene=tiny-cnn`, { prepare });
  const bytes = await page.evaluate(() => globalThis.programMemory.buffer.byteLength);
  context.diagnostic(`${bytes / 2 ** 20} MiB`);
  assert.ok(bytes > 0 && bytes <= 32 * 2 ** 20, `${bytes} bytes`);
  await page.close();
});
