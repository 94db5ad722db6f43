// What a cell of a chain's output can see of the picture: sizes, jumps and starts are the engine's.
import { element, offer } from '../../shell/elements.mjs';
import { chainTable, countChain, startChain } from './chain.mjs';
import { shape } from './parts.mjs';

const OPS = [
  { value: 'conv2d', label: 'convolution' },
  { value: 'max_pool2d', label: 'max pooling' },
];
const START = { kernel: 3, stride: 1, dilation: 1 };
const MOST = { kernel: 7, stride: 4, dilation: 4 };
const upTo = (most) => Array.from({ length: most }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }));

function documentOf({ op, kernel, stride, dilation }) {
  const layer = { op, kernel: Number(kernel), stride: Number(stride) };
  return op === 'conv2d' ? { ...layer, out: 1, dilation: Number(dilation) } : layer;
}

function grid(rows, columns, pixels) {
  const squares = Array.from({ length: rows * columns }, (_, i) =>
    shape('rect', { x: (i % columns) * 10, y: Math.floor(i / columns) * 10, width: 9, height: 9, rx: 1 }),
  );
  const picture = shape('svg', { viewBox: `0 0 ${columns * 10} ${rows * 10}`, role: 'img', width: pixels }, ...squares);
  return { picture, squares };
}

export function fill(place, options, { engine }) {
  const { size } = options;
  const layers = startChain(options.layers, START);
  const pictures = element('div', { class: 'row pictures' });
  const said = element('p', { class: 'said', role: 'status' });
  const table = chainTable({
    layers,
    ops: OPS,
    settings: Object.keys(MOST),
    control(layer, name, label, changed) {
      if (name === 'dilation' && layer.op !== 'conv2d') return '';
      const select = element('select', { 'aria-label': label });
      offer(select, upTo(MOST[name]));
      select.value = String(layer[name]);
      select.addEventListener('change', () => {
        layer[name] = select.value;
        changed();
      });
      return select;
    },
    counted: ['field r', 'jump j', 'output'],
    fresh: () => ({ op: 'conv2d', ...START }),
    recount,
  });

  function light(info, row, column, output, input) {
    const last = info.layers.at(-1);
    const [, , rows, columns] = last.output;
    output.squares.forEach((square, i) => square.classList.toggle('on', i === row * columns + column));
    const [from, to] = [0, 1].map((axis) => {
      const centre = last.start[axis] + (axis === 0 ? row : column) * last.jump[axis];
      return [centre - last.receptive_field[axis] / 2, centre + last.receptive_field[axis] / 2];
    });
    let seen = 0;
    input.squares.forEach((square, i) => {
      const [r, c] = [Math.floor(i / size), i % size];
      const inside = r >= from[0] && r < from[1] && c >= to[0] && c < to[1];
      seen += inside;
      square.classList.toggle('on', inside);
    });
    said.textContent =
      `Cell (${row}, ${column}) of ${rows} × ${columns} sees ${last.receptive_field.join(' × ')} pixels, ` +
      `and its neighbour the same, ${last.jump[1]} further on.${seen < last.receptive_field[0] * last.receptive_field[1] ? ' Not all of them are in the picture.' : ''}`;
  }

  function recount() {
    let info;
    try {
      info = countChain(engine, [1, size, size], layers.map(documentOf));
    } catch {
      said.textContent = 'This chain does not fit: some layer’s window is larger than what is left of the picture.';
      pictures.replaceChildren();
      table.write(() => []);
      return;
    }
    table.write((_, i) => {
      const { receptive_field, jump, output } = info.layers[i];
      return [receptive_field[0], jump[0], output.slice(2).join(' × ')];
    });
    const [, , rows, columns] = info.layers.at(-1).output;
    const input = grid(size, size, 240);
    const output = grid(rows, columns, Math.max(24, (240 * columns) / size));
    output.squares.forEach((square, i) => {
      square.setAttribute('tabindex', '0');
      square.setAttribute('role', 'button');
      square.setAttribute('aria-label', `row ${Math.floor(i / columns)}, column ${i % columns}`);
      const pick = () => light(info, Math.floor(i / columns), i % columns, output, input);
      square.addEventListener('click', pick);
      square.addEventListener('pointerenter', pick);
      square.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        pick();
      });
    });
    input.picture.setAttribute('aria-label', 'The picture; what the chosen cell sees is marked');
    output.picture.setAttribute('role', 'group');
    output.picture.setAttribute('aria-label', 'The output; choose a cell');
    pictures.replaceChildren(
      element('figure', {}, input.picture, element('figcaption', {}, 'picture')),
      element('figure', {}, output.picture, element('figcaption', {}, 'output')),
    );
    light(info, Math.floor(rows / 2), Math.floor(columns / 2), output, input);
  }

  place.replaceChildren(...table.nodes, pictures, said);
  table.draw();
}
