// dist/engine.mjs in Chromium: the same hashes as under node and natively, in a page that allows no eval, and with
// views that stay right while the memory grows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../tools/lib/paths.mjs';
import { passHashes, trainedHash } from '../lib/engine_hashes.mjs';
import { openBrowser } from './support.mjs';

const expected = JSON.parse(readFileSync(join(root, 'tests/hashes.json'), 'utf8'));
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let site;
let page;
before(async () => {
  site = await openBrowser();
  page = await site.browser.newPage();
  // A page of its own with a strict policy; the module comes from the site.
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().endsWith('/blank.html')) return request.continue();
    const headers = { 'Content-Security-Policy': policy };
    return request.respond({ status: 200, contentType: 'text/html', headers, body: '<!doctype html>' });
  });
  await page.goto(`${site.url}blank.html`);
});
after(() => site.close());

/** Runs body(engine, argument) in the page; functions of tests/lib are handed over as their source. */
const inPage = (body, argument) =>
  page.evaluate(
    `import('./engine.mjs').then(({ loadEngine }) => loadEngine()).then((engine) => (${body})(engine, ${JSON.stringify(argument)}))`,
  );

test('the recorded pass of each preset has its one hash', async () => {
  assert.deepEqual(await inPage(passHashes, Object.keys(expected.passes)), expected.passes);
});

test('100 training steps of a classifier give the one hash', async () => {
  assert.equal(await inPage(trainedHash, expected.trained), expected.trained.hash);
});

test('views are made anew after the memory has grown', async () => {
  const result = await inPage((engine) => {
    const net = engine.network('pocket');
    const before = [...net.tensor('conv1.y')];
    const size = engine.memoryBytes;
    const large = engine.conv2d({ input: [8, 16, 128, 128], out: 16, kernel: 3, padding: 1 });
    large.forward();
    return { grown: engine.memoryBytes > size, before, after: [...net.tensor('conv1.y')] };
  });
  assert.ok(result.grown);
  assert.deepEqual(result.after, result.before);
});
