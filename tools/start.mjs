// npm start [-- --port N]: builds what is missing and serves the site.
import { parseArgs } from 'node:util';
import { buildProducts } from './build/index.mjs';
import { dist } from './lib/paths.mjs';
import { Failure, main } from './lib/run.mjs';

const firstPort = 8080;

function portFrom(args) {
  let port;
  try {
    port = parseArgs({ args, options: { port: { type: 'string' } } }).values.port;
  } catch (error) {
    throw new Failure(`${error.message}\nUsage: npm start [-- --port N]`);
  }
  if (port === undefined) return firstPort;
  if (!/^\d+$/.test(port) || Number(port) > 65535)
    throw new Failure(`--port: expected a number from 0 to 65535, not "${port}"`);
  return Number(port);
}

await main(async () => {
  const port = portFrom(process.argv.slice(2));
  await buildProducts(['site']);
  const { serve } = await import('./serve.mjs'); // its package is there after the set-up only
  const { url } = await serve(dist, port);
  console.log(`Backstep is at ${url}  (Ctrl+C ends)`);
});
