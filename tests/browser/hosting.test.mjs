// Any folder of any static server, and the strictest policies of the pages around.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { dist } from '../../tools/lib/paths.mjs';
import { mirror, openPage } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const TYPES = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * A plain server: dist/ under a prefix, the given headers, no compression.
 * @param {{prefix?: string, headers?: Record<string, string>, wasmType?: string, pages?: Record<string, string>}} options
 */
async function plainServer({ prefix = '/', headers = {}, wasmType = 'application/wasm', pages = {} }) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    if (pages[pathname]) return response.writeHead(200, { 'Content-Type': 'text/html' }).end(pages[pathname]);
    if (pathname === '/favicon.ico') return response.writeHead(204).end(); // asked for by the host page in the frame's test
    const name = pathname.startsWith(prefix) ? pathname.slice(prefix.length) || 'index.html' : '';
    try {
      const bytes = readFileSync(join(dist, name));
      const type = extname(name) === '.wasm' ? wasmType : (TYPES[extname(name)] ?? 'application/octet-stream');
      response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, ...headers }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections())),
  };
}

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

for (const [what, options, file] of [
  ['a strict content security policy', { headers: { 'Content-Security-Policy': POLICY } }, ''],
  ['a strict policy in the embedded page', { headers: { 'Content-Security-Policy': POLICY } }, 'embed.html'],
  ['a subfolder', { prefix: '/courses/cnn/week-3/' }, ''],
  ['a server that does not know the type of wasm', { wasmType: 'application/octet-stream' }, ''],
]) {
  test(`runs under ${what}`, async () => {
    const server = await plainServer(options);
    const { page, problems } = await openPage(site.browser, server.url + file);
    assert.deepEqual(problems, []);
    await page.focus('#canvas');
    await page.keyboard.press('End');
    await page.waitForFunction(() => {
      const { step, steps } = document.querySelector('[data-backstep="mirror"]').dataset;
      return Number(step) === Number(steps) - 1;
    });
    await page.close();
    await server.close();
  });
}

test('runs in a sandboxed frame of another page, without storage and without an origin', async () => {
  const inner = await plainServer({ headers: { 'Access-Control-Allow-Origin': '*' } });
  const outer = await plainServer({
    pages: {
      '/host.html': `<!doctype html><title>Host</title><iframe sandbox="allow-scripts" width="800" height="600" src="${inner.url}embed.html"></iframe>`,
    },
  });
  const { page, problems } = await openPage(site.browser, `${outer.url}host.html`, { ready: false });
  const frame = await page.waitForFrame((candidate) => candidate.url().endsWith('embed.html'));
  await frame.waitForFunction(() => Number(document.querySelector('[data-backstep="mirror"]')?.dataset.frames) > 0);
  await frame.click('#canvas');
  await page.keyboard.press('ArrowRight');
  await frame.waitForFunction(() => document.querySelector('[data-backstep="mirror"]').dataset.step !== '0');
  assert.deepEqual(problems, []);
  await page.close();
  await inner.close();
  await outer.close();
});

test('the title of the document is left alone', async () => {
  const { page } = await openPage(site.browser, `${site.url}embed.html`);
  assert.equal(await page.title(), 'Backstep: a convolutional network, step by step');
  assert.ok((await mirror(page)).frames > 0);
  await page.close();
});
