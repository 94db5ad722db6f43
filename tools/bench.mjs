// npm run bench [-- --shapes FILE --json FILE --plot FILE --filter REGEX --quick]: times the engine beside its peers in
// headless Chromium. The peers are packages of tests/bench, which nothing else installs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildForBench } from './build/index.mjs';
import { cache, root } from './lib/paths.mjs';
import { Failure, main, run } from './lib/run.mjs';
import { stage } from './lib/stage.mjs';

const folder = join(root, 'tests/bench');

async function installPeers() {
  const wanted = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules/.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await stage('peers from npm', (report) =>
    run('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      log: join(cache, 'logs/npm-bench.log'),
      onLine: report,
    }),
  );
  writeFileSync(stamp, wanted);
}

function options() {
  const text = { type: 'string' };
  try {
    const { values } = parseArgs({
      options: { shapes: text, json: text, plot: text, filter: text, quick: { type: 'boolean' } },
    });
    for (const name of ['shapes', 'json', 'plot']) if (values[name]) values[name] = resolve(values[name]);
    if (values.shapes && !existsSync(values.shapes)) throw new Failure(`${values.shapes}: no such file`);
    return { ...values, filter: new RegExp(values.filter ?? '') };
  } catch (error) {
    throw new Failure(`bench: ${error.message}`);
  }
}

await main(async () => {
  const wanted = options();
  await buildForBench();
  await installPeers();
  const { bench } = await import('../tests/bench/bench.mjs');
  await bench(wanted);
});
