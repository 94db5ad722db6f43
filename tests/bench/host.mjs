// What the bench needs around it: a server that isolates the page, so that its clock has steps of 5 microseconds, and
// one headless Chromium.
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build, dist } from '../../tools/lib/paths.mjs';
import { findChromium } from '../../tools/setup/requirements.mjs';
import { chromiumFlags } from '../browser/support.mjs';
import { bundlePeers, bundles } from './bundle.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Folders by the first part of the path. */
const folders = { bundles, page: join(here, 'page'), dist, peers: join(here, 'node_modules') };
const ceiling = join(build, 'web/tests/ceiling.wasm');
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

function fileOf(path) {
  if (path === '/ceiling.wasm') return ceiling;
  const [, top, ...rest] = path.split('/');
  const folder = Object.hasOwn(folders, top) && folders[top];
  const file = folder && normalize(join(folder, ...rest));
  return file && file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile() ? file : '';
}

function serve() {
  const server = createServer((request, response) => {
    const file = fileOf(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (!file) return response.writeHead(404, isolation).end();
    // The compressed twin where there is one, as a host would send it.
    const twin = existsSync(`${file}.br`) ? '.br' : '';
    response.writeHead(200, {
      ...isolation,
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-store',
      'Content-Length': statSync(file + twin).size,
      ...(twin ? { 'Content-Encoding': 'br' } : {}),
    });
    return createReadStream(file + twin).pipe(response);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

// A page in the background runs slower on purpose.
const awake = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'];

/** @returns {Promise<{url: string, browser: import('puppeteer-core').Browser, close: () => Promise<void>}>} */
export async function openHost() {
  await bundlePeers();
  const server = await serve();
  const userDataDir = mkdtempSync(join(tmpdir(), 'backstep-bench-'));
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    userDataDir,
    args: [...chromiumFlags, ...awake],
    timeout: 120_000,
    protocolTimeout: 600_000,
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    browser,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(userDataDir, { recursive: true, force: true });
    },
  };
}
