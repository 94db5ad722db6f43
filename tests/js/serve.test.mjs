import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { serve } from '../../tools/serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
const page = '<!doctype html><title>page</title>';
let server;

/** Without what fetch does by itself: decompression and tidying of paths. */
const get = (path, headers = {}) =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(server.url);
    const call = request({ hostname, port, path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on('error', fail).end();
  });

before(async () => {
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'index.html.br'), brotliCompressSync(page));
  for (const name of ['app.mjs', 'app.wasm', 'style.css']) writeFileSync(join(folder, name), 'x');
  server = await serve(folder);
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test('types that browsers insist on', async () => {
  const type = async (path) => (await get(path)).headers['content-type'];
  assert.match(await type('/'), /^text\/html;\s*charset=utf-8$/);
  assert.match(await type('/app.mjs'), /^text\/javascript/);
  assert.equal(await type('/app.wasm'), 'application/wasm');
  assert.match(await type('/style.css'), /^text\/css/);
});

test('compressed twins go to those who take them', async () => {
  const compressed = await get('/', { 'Accept-Encoding': 'gzip, br' });
  assert.equal(compressed.headers['content-encoding'], 'br');
  assert.match(compressed.headers['content-type'], /^text\/html/);
  assert.equal(brotliDecompressSync(compressed.body).toString(), page);
  const plain = await get('/');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.body.toString(), page);
  assert.match(compressed.headers.vary ?? '', /accept-encoding/i);
});

test('what has not changed is not sent again', async () => {
  const { headers } = await get('/app.mjs');
  assert.ok(headers.etag);
  assert.equal((await get('/app.mjs', { 'If-None-Match': headers.etag })).status, 304);
});

test('what is not there, and what is outside, is not found', async () => {
  for (const path of ['/missing.mjs', '/../package.json', '/%2e%2e/package.json'])
    assert.equal((await get(path)).status, 404);
});

test('a port that is taken: the next free one', async () => {
  const taken = Number(new URL(server.url).port);
  const second = await serve(folder, taken);
  assert.ok(Number(new URL(second.url).port) > taken);
  await second.close();
});
