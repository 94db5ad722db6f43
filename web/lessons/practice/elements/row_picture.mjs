// The rows of a padded picture with the windows of a convolution on them, and the rows that no window reaches. Where the
// windows lie is the engine's: start, jump and field of the layer.
import { element } from '../../../shell/elements.mjs';

const space = 'http://www.w3.org/2000/svg';
function shape(tag, attributes = {}) {
  const made = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

const bar = (name, from, count, y) => shape('rect', { class: name, x: from, y, width: count, height: 1 });

/** @returns {{rows: number, padding: number, outputs: number, windowAt: (i: number) => [number, number]}} */
function geometry(engine, scene) {
  const net = engine.network(scene);
  try {
    const { input, layers } = net.info();
    const { start, jump, receptive_field, output } = layers[0];
    const first = start[0] - receptive_field[0] / 2;
    const windowAt = (i) => [first + i * jump[0], first + i * jump[0] + receptive_field[0]];
    return { rows: input.at(-2), padding: -first, outputs: output.at(-2), windowAt };
  } finally {
    net.dispose();
  }
}

/** @param {import('../../../api/engine/engine.d.ts').Engine} engine @param {object} scene of one convolution */
export function rowPicture(engine, scene) {
  const { rows, padding, outputs, windowAt } = geometry(engine, scene);
  const end = rows + padding;
  const [, reached] = windowAt(outputs - 1);
  const height = (rows + 2 * padding) / 7; // of the picture, in rows
  const unit = height / 4;
  const svg = shape('svg', {
    viewBox: `${-padding} 0 ${rows + 2 * padding} ${height}`,
    preserveAspectRatio: 'none',
    class: 'rows',
    'aria-hidden': 'true',
  });
  const line = (made) => {
    made.setAttribute('height', String(unit));
    svg.append(made);
    return made;
  };
  line(bar('padding', -padding, rows + 2 * padding, 0));
  line(bar('picture', 0, rows, 0));
  // Taller than the rest: of many rows one is thinner than a hair.
  if (reached < end) line(bar('unread', reached, end - reached, 0)).setAttribute('height', String(1.75 * unit));
  const places = Array.from({ length: outputs }, (_, i) => {
    const [from, to] = windowAt(i);
    return line(bar('place', (from + to) / 2 - 0.4, 0.8, 2.5 * unit));
  });
  const here = line(bar('window', 0, 1, 0));
  const said = element('p', { class: 'said' });
  const slider = element('input', { type: 'range', min: 0, max: outputs - 1, value: 0, 'aria-label': 'Window' });

  function mark() {
    const i = Number(slider.value);
    const [from, to] = windowAt(i);
    here.setAttribute('x', String(from));
    here.setAttribute('width', String(to - from));
    places.forEach((place, at) => place.classList.toggle('on', at === i));
    const outside = [
      from < 0 && `${-from} of them above the picture`,
      to > rows && `${to - rows} of them below it`,
    ].filter(Boolean);
    const rest = end - reached;
    const left =
      i === outputs - 1 && rest > 0
        ? ` Then ${rest === 1 ? 'one row of the padded picture is' : `${rest} rows of the padded picture are`} left over: no window reads ${rest === 1 ? 'it' : 'them'}.`
        : '';
    const text = `Window ${i} of 0 to ${outputs - 1} begins in row ${from} and holds ${to - from}${outside.length ? `, ${outside.join(' and ')}` : ''}.${left}`;
    said.textContent = text.replaceAll('-', '\u2212');
    slider.setAttribute('aria-valuetext', said.textContent);
  }
  slider.addEventListener('input', mark);
  mark();
  const names = element(
    'p',
    { class: 'axis' },
    element('span', {}, 'rows of X, padded'),
    element('span', {}, 'rows of Y'),
  );
  return element('div', { class: 'row-picture' }, names, svg, slider, said);
}
