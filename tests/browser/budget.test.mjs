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
