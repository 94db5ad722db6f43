// What a cell of a chain's output can see of the picture: sizes, jumps and starts are the engine's.
import { element, offer } from '../../shell/elements.mjs';
import { shape } from './parts.mjs';

const OPS = [
  { value: 'conv2d', label: 'convolution' },
  { value: 'max_pool2d', label: 'max pooling' },
];
const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ value: String(from + i), label: String(from + i) }));

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
  const layers = options.layers.map((layer) => ({
    dilation: 1,
    stride: layer.op === 'conv2d' ? 1 : layer.kernel,
    ...layer,
  }));
  const body = element('tbody');
  const pictures = element('div', { class: 'row pictures' });
  const said = element('p', { class: 'said', role: 'status' });

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
      const net = engine.network({ backstep: 1, input: { shape: [1, 1, size, size] }, layers: layers.map(documentOf) });
      info = net.info();
      net.dispose();
    } catch {
      said.textContent = 'This chain does not fit: some layer’s window is larger than what is left of the picture.';
      pictures.replaceChildren();
      return;
    }
    [...body.rows].forEach((row, i) => {
      const { receptive_field, jump, output } = info.layers[i];
      [receptive_field[0], jump[0], output.slice(2).join(' × ')].forEach(
        (value, k) => (row.querySelectorAll('.counted')[k].textContent = value),
      );
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

  function row(layer, i) {
    const select = (name, list) => {
      const made = element('select', { 'aria-label': `${name} of layer ${i + 1}` });
      offer(made, list);
      made.value = String(layer[name]);
      made.addEventListener('change', () => {
        layer[name] = made.value;
        if (name === 'op') draw();
        else recount();
      });
      return element('td', {}, made);
    };
    const remove = element('button', { type: 'button', 'aria-label': `Remove layer ${i + 1}` }, '×');
    remove.addEventListener('click', () => {
      layers.splice(i, 1);
      draw();
    });
    const counted = Array.from({ length: 3 }, () => element('td', { class: 'counted' }));
    return element(
      'tr',
      {},
      select('op', OPS),
      select('kernel', range(1, 7)),
      select('stride', range(1, 4)),
      layer.op === 'conv2d' ? select('dilation', range(1, 4)) : element('td'),
      ...counted,
      element('td', {}, layers.length > 1 ? remove : ''),
    );
  }
  function draw() {
    body.replaceChildren(...layers.map(row));
    recount();
  }

  const add = element('button', { type: 'button' }, 'Add a layer');
  add.addEventListener('click', () => {
    layers.push({ op: 'conv2d', kernel: 3, stride: 1, dilation: 1 });
    draw();
  });
  const heads = ['Layer', 'kernel', 'stride', 'dilation', 'field r', 'jump j', 'output', ''];
  place.replaceChildren(
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Layers' },
      element(
        'table',
        { class: 'calculator' },
        element(
          'thead',
          {},
          element('tr', {}, ...heads.map((text) => (text ? element('th', { scope: 'col' }, text) : element('td')))),
        ),
        body,
      ),
    ),
    element('div', { class: 'row' }, add),
    pictures,
    said,
  );
  draw();
}
