// npm run bench: the engine beside its peers, in one browser. tools/bench.mjs has built and installed everything.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Failure } from '../../tools/lib/run.mjs';
import { stage } from '../../tools/lib/stage.mjs';
import { openHost } from './host.mjs';
import { measureFrames, measureLoading } from './loading.mjs';
import { addBlocks, measure, slowOnes } from './measure.mjs';
import { tinyFlops } from './page/tiny.mjs';
import { plot } from './plot.mjs';
import { contention, peersOf, rowOf, shareOfCeiling, tableOf } from './report.mjs';
import { measured, parseShapes, standardRows } from './shapes.mjs';
import { quantile, quiet, summary } from './statistics.mjs';

const PASSES = 3; // over all rows, so that a slow minute does not meet one row alone
const ROUNDS = 4; // of each pass
const BLOCK = 40; // milliseconds

const batches = [1, 8, 32];

/** What is timed: rows of a shapes file alone, or the standard rows and everything that is no shape. */
function works(shapes, filter) {
  const rows = (shapes ?? standardRows).map(measured).map((row) => ({ kind: 'row', ...row }));
  const tiny = batches.map((batch) => ({
    kind: 'tiny',
    batch,
    name: `tiny CNN, batch ${batch}`,
    pass: 'sgd_step',
    flops: tinyFlops(batch),
  }));
  const all = shapes ? rows : [...rows, ...tiny];
  return all.filter(({ name, pass }) => filter.test(`${name} ${pass}`));
}

/** Versions of everything that took part. */
function versions(agent) {
  const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  return { browser: /Chrome\/\S+/.exec(agent)?.[0].replace('/', ' ') ?? agent, ...devDependencies };
}

/** @param {{shapes?: string, json?: string, plot?: string, filter: RegExp, quick: boolean}} options */
export async function bench(options) {
  const shapes = options.shapes && parseShapes(readFileSync(options.shapes, 'utf8'));
  const todo = works(shapes, options.filter);
  if (todo.length === 0) throw new Failure('nothing to time');
  const host = await openHost();
  try {
    const page = await host.browser.newPage();
    page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
    await page.goto(`${host.url}page/index.html`);
    await page.waitForFunction(() => globalThis.bench, { timeout: 60_000 });
    const { agent } = await page.evaluate(() => globalThis.bench.start());

    const measurements = todo.map(() => ({ blocks: {}, refused: {}, tileFlops: 0 }));
    const passes = options.quick ? 1 : PASSES;
    for (let pass = 0; pass < passes; pass++) {
      await stage(`bench, pass ${pass + 1} of ${passes}`, async (tell) => {
        for (const [index, work] of todo.entries()) {
          tell(`${work.name} ${work.pass}`);
          const all = measurements[index];
          const { blocks, refused, tileFlops } = await measure(page, work, {
            rounds: ROUNDS,
            ms: BLOCK,
            firstRound: pass * ROUNDS,
            sitOut: slowOnes(all.blocks),
          }).catch((error) => {
            throw new Failure(`${work.name} ${work.pass}: ${error.message.split('\n')[0]}`);
          });
          addBlocks(all.blocks, blocks);
          Object.assign(all, { refused: { ...all.refused, ...refused }, tileFlops });
        }
      });
    }
    const rest = shapes || options.quick ? {} : await otherWork(page, host);
    const report = reportOf(todo, measurements, rest, versions(agent));
    print(report);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
    if (options.plot) writeFileSync(options.plot, plot(report));
  } finally {
    await host.close();
  }
}

/** What the page does all the time, loading and frames. */
async function otherWork(page, host) {
  const daily = await stage('bench, the page', () =>
    measure(page, { kind: 'daily' }, { rounds: PASSES * ROUNDS, ms: BLOCK, firstRound: 0 }),
  );
  const loading = await stage('bench, loading', () => measureLoading(host));
  const frames = await stage('bench, frames', () => measureFrames(host));
  return { daily, loading, frames };
}

function reportOf(todo, measurements, { daily, loading, frames }, machine) {
  const everything = [...measurements, ...(daily ? [daily] : [])];
  const probes = everything.flatMap(({ blocks }) => Object.values(blocks).flat()).map(({ probe }) => probe);
  const bestProbe = quantile(probes, 0.02); // a single lucky probe is no yardstick
  const ceilingBlocks = measurements.flatMap(({ blocks }) => blocks.ceiling);
  const ceiling = summary(quiet(ceilingBlocks, bestProbe), bestProbe, measurements[0].tileFlops);
  const rows = todo.map((work, index) => ({
    ...rowOf(work, measurements[index], bestProbe),
    ...(work.kind === 'row' ? { ceiling_share: shareOfCeiling(work, measurements[index], bestProbe) } : {}),
  }));
  const others = Object.entries(daily?.blocks ?? {}).map(([name, blocks]) => ({ name, ...summary(blocks, bestProbe) }));
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0].model.trim(), ...machine },
    ceiling: { gflops: ceiling.gflops },
    contention: contention(everything, bestProbe),
    rows,
    ...(others.length ? { others, loading, frames } : {}),
  };
}

function print(report) {
  const { machine, ceiling, contention: blocks, others, loading, frames } = report;
  console.log(
    `\n${Object.entries(machine)
      .map((entry) => entry.join(' '))
      .join(', ')}`,
  );
  console.log(
    `measured mul+add ceiling ${ceiling.gflops.toFixed(1)} GF/s; ${blocks.blocks} blocks, ${blocks.dropped} of them dropped for contention\n`,
  );
  console.log(tableOf(report));
  console.log(`\n${peersOf(report)}`);
  for (const row of report.rows) {
    for (const [who, reason] of Object.entries(row.refused))
      console.log(`${row.name} ${row.pass}: no ${who}: ${reason}`);
  }
  if (!others) return;
  console.log('');
  for (const { name, ms, p10 } of others) console.log(`${name}: ${ms.toFixed(4)} ms, p10 ${p10.toFixed(4)}`);
  console.log(
    `building a frame at 1440x900: ${frames.ms.toFixed(2)} ms, p90 ${frames.p90.toFixed(2)}, ${frames.frames} frames`,
  );
  console.log(
    `first interactive frame ${loading.backstep.toFixed(0)} ms, first convolution of tfjs-wasm ${loading.tfjs.toFixed(0)} ms: ` +
      `${(100 * loading.share).toFixed(0)} % of it (p10 ${(100 * loading.p10).toFixed(0)}, p90 ${(100 * loading.p90).toFixed(0)}); ` +
      `a bare page that draws one triangle ${loading.triangle.toFixed(0)} ms: ${(100 * loading.triangleShare).toFixed(0)} %`,
  );
}
