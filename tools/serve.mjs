// A static server for dist/: right types, the compressed twins, entity tags.
import { createServer } from 'node:http';
import sirv from 'sirv';

/**
 * Listens on 127.0.0.1 at the first free port from `port` on; 0 lets the system choose.
 * @param {string} folder
 * @param {number} port
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve(folder, port = 0) {
  // dev: files are looked up anew for each request, so that a build shows up by reloading; etag still makes caches work.
  const files = sirv(folder, { dev: true, etag: true, brotli: true, gzip: true });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`Not found: ${request.url}\n`);
    });
  });
  const listen = (at) =>
    new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', fail);
        done(server.address().port);
      });
    });
  let bound = 0;
  for (let at = port; bound === 0; at++) {
    try {
      bound = await listen(at);
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || at >= port + 100) throw error;
    }
  }
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${bound}/`, close };
}
