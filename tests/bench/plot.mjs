// The bench as a picture: one line for each piece of work, the speed of engine and peers as marks on a common scale,
// and the ceiling. Plain SVG that follows the reader's colour scheme.

const width = 860;
const left = 190;
const right = 90;
const line = 22;
const top = 96;
const letter = 7.6; // of 13 px, in the wider of the reader's fonts

/** In the order of the legend; the engine's mark is filled and larger. */
const marks = [
  ['engine', 'Backstep', 'engine'],
  ['tfjs-wasm', 'tfjs-wasm', 'one'],
  ['tfjs-wasm-rewrite', 'its user’s rewrite', 'two'],
  ['ort-web', 'onnxruntime-web', 'three'],
  ['ort-web-rewrite', 'its user’s rewrite', 'four'],
  ['tfjs-cpu', 'tfjs-cpu', 'five'],
  ['convnetjs', 'ConvNetJS', 'six'],
];

const shapes = {
  engine: (x, y) => `<circle class="engine" cx="${x}" cy="${y}" r="5.5"/>`,
  one: (x, y) => `<circle class="peer" cx="${x}" cy="${y}" r="4"/>`,
  two: (x, y) => `<rect class="peer" x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
  three: (x, y) => `<path class="peer" d="M${x} ${y - 5}l5 9h-10z"/>`,
  four: (x, y) => `<path class="peer" d="M${x} ${y + 5}l5 -9h-10z"/>`,
  five: (x, y) => `<path class="peer" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/>`,
  six: (x, y) => `<path class="peer" d="M${x - 5} ${y}h10m-5 -5v10"/>`,
};

const style = `
  svg { font: 13px system-ui, sans-serif; fill: #1b1f27; background: #fff }
  .grid { stroke: #d9dde4 } .ceiling { stroke: #a33c1f; stroke-dasharray: 5 4 }
  .engine { fill: #0f5c8c; stroke: none } .peer { fill: none; stroke: #5d6675; stroke-width: 1.5 }
  .range { stroke: #b8bfca; stroke-width: 1 } .quiet { fill: #5d6675 } .end { text-anchor: end } .middle { text-anchor: middle }
  .title { font-size: 16px; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    svg { fill: #e7eaf0; background: #14171d } .grid { stroke: #2b303a } .ceiling { stroke: #f0926f }
    .engine { fill: #6db8e8 } .peer { stroke: #a3acba } .range { stroke: #434a57 } .quiet { fill: #a3acba }
  }`;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const names = { forward: 'forward', backward_input: '∂L/∂X', backward_weights: '∂L/∂K', sgd_step: '' };

/** @param {object} report  of bench.mjs */
export function plot(report) {
  const rows = report.rows;
  const speeds = rows.flatMap(({ engine, peers }) => [engine, ...Object.values(peers)].map(({ gflops }) => gflops));
  const low = 10 ** Math.floor(Math.log10(Math.min(...speeds)));
  const high = Math.max(report.ceiling.gflops, ...speeds) * 1.15;
  const x = (gflops) => +(left + ((width - left - right) * Math.log(gflops / low)) / Math.log(high / low)).toFixed(1);
  const bottom = top + rows.length * line;
  const parts = [];

  for (let tick = low; tick <= high; tick *= 10) {
    for (const factor of [1, 2, 5]) {
      if (tick * factor > high) continue;
      const at = x(tick * factor);
      parts.push(`<line class="grid" x1="${at}" y1="${top - 8}" x2="${at}" y2="${bottom}"/>`);
      parts.push(`<text class="quiet middle" x="${at}" y="${bottom + 18}">${+(tick * factor).toPrecision(1)}</text>`);
    }
  }
  parts.push(`<text class="quiet end" x="${width - 8}" y="${bottom + 18}">GF/s</text>`);
  const ceiling = x(report.ceiling.gflops);
  parts.push(`<line class="ceiling" x1="${ceiling}" y1="${top - 8}" x2="${ceiling}" y2="${bottom}"/>`);

  rows.forEach((row, index) => {
    const y = top + index * line + line / 2;
    parts.push(
      `<text class="end" x="${left - 12}" y="${y + 4}">${escaped(`${row.name} ${names[row.pass] ?? row.pass}`)}</text>`,
    );
    const all = [...Object.entries(row.peers), ['engine', row.engine]];
    const places = all.map(([, { gflops }]) => x(gflops));
    parts.push(`<line class="range" x1="${Math.min(...places)}" y1="${y}" x2="${Math.max(...places)}" y2="${y}"/>`);
    for (const [who, { gflops }] of all) {
      const mark = marks.find(([name]) => name === who);
      if (mark) parts.push(shapes[mark[2]](x(gflops), y));
    }
    if (row.ratio) parts.push(`<text class="end" x="${width - 8}" y="${y + 4}">${row.ratio.toFixed(2)} ×</text>`);
  });

  const seen = marks.filter(([name]) => name === 'engine' || rows.some(({ peers }) => name in peers));
  let at = 16;
  let y = 50;
  const legend = seen.map(([, label, shape]) => {
    const room = 30 + label.length * letter;
    if (at + room > width) [at, y] = [16, y + line];
    const item = shapes[shape](at, y) + `<text class="quiet" x="${at + 10}" y="${y + 4}">${label}</text>`;
    at += room;
    return item;
  });
  const { processor, browser } = report.machine;
  const caption = [
    `${processor}; ${browser}, one thread; ${report.date}.`,
    'Dashed: the measured mul+add ceiling. Right: how many times faster than the fastest peer.',
  ].map((text, i) => `<text class="quiet" x="8" y="${bottom + 46 + i * 18}" font-size="12">${escaped(text)}</text>`);
  const height = bottom + 80;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Speed of the engine beside its peers</title>
<style>${style}</style>
<text class="title" x="8" y="24">The engine beside its peers: billions of operations a second, more is better</text>
${legend.join('\n')}
${parts.join('\n')}
${caption.join('\n')}
</svg>
`;
}
