import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { brotli } from '../../tools/build/site.mjs';
import { dist } from '../../tools/lib/paths.mjs';
import { openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

const budget = 450 * 1024;

test('the embedded page is at most 450 KB in all, compressed', async (t) => {
  const { url, browser, close } = await openBrowser();
  t.after(close);
  const { requests } = await openPage(browser, `${url}embed.html`);
  const files = new Set(requests.filter(({ protocol }) => protocol === 'http:').map(({ pathname }) => pathname));
  assert.ok([...files].some((file) => file.endsWith('.wasm')));
  let total = 0;
  for (const file of files) {
    const { length } = await brotli(readFileSync(join(dist, decodeURIComponent(file))));
    t.diagnostic(`${file}: ${length} bytes`);
    total += length;
  }
  t.diagnostic(`in all: ${total} of ${budget} bytes`);
  assert.ok(total <= budget, `${total} bytes, ${total - budget} too many`);
});
