// For each channel of a trained network the pieces of pictures that excite it most: searched here, by the engine, among
// pictures drawn by code that it was not trained on.
import { element } from '../../shell/elements.mjs';

const BEST = 6;
const SCALE = 5; // screen pixels of a pixel of a patch

/** A patch as a small picture: bright is large. Cells outside of the picture stay empty. */
function draw(image, size, { row, column, extent }) {
  const canvas = element('canvas', { width: extent * SCALE, height: extent * SCALE, role: 'img' });
  const context = canvas.getContext('2d');
  for (let r = 0; r < extent; r++) {
    for (let c = 0; c < extent; c++) {
      const [y, x] = [row + r, column + c];
      if (y < 0 || x < 0 || y >= size || x >= size) continue;
      const light = Math.round(255 * Math.min(1, Math.max(0, image[y * size + x])));
      context.fillStyle = `rgb(${light} ${light} ${light})`;
      context.fillRect(c * SCALE, r * SCALE, SCALE, SCALE);
    }
  }
  return canvas;
}

/** The strongest cells of a channel, at most one of each picture. */
function strongest(values, channel, [count, channels, rows, columns]) {
  const found = [];
  for (let n = 0; n < count; n++) {
    const from = (n * channels + channel) * rows * columns;
    let best = from;
    for (let i = from; i < from + rows * columns; i++) if (values[i] > values[best]) best = i;
    const at = best - from;
    found.push({ n, value: values[best], row: Math.floor(at / columns), column: at % columns });
  }
  return found.sort((a, b) => b.value - a.value).slice(0, BEST);
}

export function fill(place, { count, seed, layers }, { engine }) {
  const net = engine.network('tiny-cnn', { batch: count });
  const info = net.info();
  const size = info.input.at(-1);
  const { images } = engine.drawDataset({ height: size, width: size, classes: 4, count, seed });
  net.set('input', images);
  const groups = layers.map((name) => {
    const { output, receptive_field, jump, start } = info.layers.find((layer) => layer.name === name);
    const values = net.tensor(`${name}.y`).slice();
    const extent = receptive_field[0];
    const lines = Array.from({ length: output[1] }, (_, channel) => {
      const patches = strongest(values, channel, output).map(({ n, value, row, column }) => {
        const corner = (cell, axis) => Math.round(start[axis] + cell * jump[axis] - extent / 2);
        const picture = draw(images.subarray(n * size * size, (n + 1) * size * size), size, {
          row: corner(row, 0),
          column: corner(column, 1),
          extent,
        });
        picture.setAttribute('aria-label', `picture ${n}, answer ${value.toFixed(2)}`);
        return picture;
      });
      return element('div', { class: 'patch-line' }, element('span', {}, `channel ${channel}`), ...patches);
    });
    return element(
      'section',
      { class: 'patches' },
      element('h3', {}, `${name}, ${extent} by ${extent} pixels`),
      ...lines,
    );
  });
  net.dispose();
  place.replaceChildren(...groups);
}
