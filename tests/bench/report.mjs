// The bench's results as the JSON of docs/bench.md and as a table.
import { paired, quiet, summary } from './statistics.mjs';

const own = 'engine';
const isPeer = (name) => !['engine', 'engine, NCHW', 'ceiling'].includes(name);

/**
 * One row of the report.
 * @param {{name: string, pass: string, flops: number}} work
 * @param {{blocks: object, refused: object, tileFlops: number}} measured
 */
export function rowOf({ name, pass, flops }, { blocks, refused }, bestProbe) {
  const sum = (who) => summary(blocks[who], bestProbe, flops);
  const against = (who) => paired(blocks[who], blocks[own], bestProbe);
  const peers = Object.keys(blocks).filter((who) => isPeer(who) && blocks[who].length > 0);
  const ratios = Object.fromEntries(peers.map((who) => [who, against(who)]));
  const fastest = peers.sort((a, b) => ratios[a].ratio - ratios[b].ratio)[0];
  return {
    name,
    pass,
    engine: sum(own),
    ...(blocks['engine, NCHW'] ? { engine_nchw: sum('engine, NCHW') } : {}),
    peers: Object.fromEntries(peers.map((who) => [who, sum(who)])),
    ratio: fastest ? ratios[fastest].ratio : null,
    ratio_p10: fastest ? ratios[fastest].p10 : null,
    fastest: fastest ?? null,
    ratios,
    refused,
  };
}

/** Share of the ceiling, from blocks of the same rounds. */
export function shareOfCeiling({ flops }, { blocks, tileFlops }, bestProbe) {
  const { ratio } = paired(blocks.ceiling, blocks[own], bestProbe);
  return ratio * (flops / tileFlops);
}

/** How many blocks there were, and how many of them had to share the core and were dropped. */
export function contention(measurements, bestProbe) {
  const all = measurements.flatMap(({ blocks }) => Object.values(blocks));
  const count = (lists) => lists.reduce((sum, list) => sum + list.length, 0);
  return { blocks: count(all), dropped: count(all) - count(all.map((blocks) => quiet(blocks, bestProbe))) };
}

const number = (value, digits = 3) => (value === undefined || value === null ? '' : value.toPrecision(digits));
const times = (value) => (value === null || value === undefined ? '' : `${value.toFixed(2)} x`);

/** Columns as wide as they must be; the first one to the left. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function tableOf(report) {
  const head = ['', 'ms', 'p10', 'GF/s', 'of ceiling', 'NCHW ms', 'fastest peer', 'its ms', 'ratio', 'p10'];
  const lines = report.rows.map((row) => [
    `${row.name} ${row.pass}`,
    number(row.engine.ms),
    number(row.engine.p10),
    number(row.engine.gflops),
    row.ceiling_share ? `${(100 * row.ceiling_share).toFixed(0)} %` : '',
    number(row.engine_nchw?.ms),
    row.fastest ?? '-',
    number(row.fastest && row.peers[row.fastest].ms),
    times(row.ratio),
    times(row.ratio_p10),
  ]);
  return table([head, ...lines]);
}

/** Every peer of every row: what the fastest one does not show. */
export function peersOf(report) {
  const lines = report.rows.flatMap((row) =>
    Object.entries(row.peers).map(([who, { ms, gflops }]) => [
      `${row.name} ${row.pass}`,
      who,
      number(ms),
      number(gflops),
      times(row.ratios[who].ratio),
      times(row.ratios[who].p10),
    ]),
  );
  return table([['', 'peer', 'ms', 'GF/s', 'ratio', 'p10'], ...lines]);
}
