// The exact share of a depthwise separable convolution's parameters, over the number of channels.
import { element } from '../../shell/elements.mjs';
import { count, shape, wholeField } from './parts.mjs';

const WIDTH = 480;
const HEIGHT = 200;
const MOST = 128; // channels on the axis

export function fill(place, options, { engine }) {
  const state = { ...options };
  const counts = (channels, bias) => {
    const total = (layers) => {
      const net = engine.network({ backstep: 1, input: { shape: [1, channels, 16, 16] }, layers });
      const { parameters } = net.info().total;
      net.dispose();
      return parameters;
    };
    const { kernel } = state;
    return {
      plain: total([{ op: 'conv2d', out: channels, kernel, bias }]),
      separable: total([
        { op: 'conv2d', out: channels, kernel, groups: channels, bias },
        { op: 'conv2d', out: channels, kernel: 1, bias },
      ]),
    };
  };
  const curve = shape('path', { class: 'curve' });
  const floor = shape('line', { class: 'limit' });
  const point = shape('circle', { r: 5, class: 'point' });
  const picture = shape(
    'svg',
    { viewBox: `-40 -10 ${WIDTH + 50} ${HEIGHT + 40}`, role: 'img', class: 'plot' },
    floor,
    curve,
    point,
  );
  const said = element('p', { class: 'said', role: 'status' });
  const x = (channels) => (WIDTH * Math.log2(channels)) / Math.log2(MOST);
  const y = (ratio) => HEIGHT * (1 - Math.min(ratio, 1.25) / 1.25);
  const percent = (value) => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 }).format(value);

  const label = (attributes, text) => shape('text', attributes, text);
  for (const ratio of [0, 0.5, 1])
    picture.append(label({ x: -8, y: y(ratio) + 4, 'text-anchor': 'end' }, percent(ratio)));
  for (const channels of [1, 4, 16, 64])
    picture.append(label({ x: x(channels), y: HEIGHT + 20, 'text-anchor': 'middle' }, String(channels)));

  function draw() {
    const points = [];
    for (let channels = 1; channels <= MOST; channels = Math.ceil(channels * 1.15)) {
      const { plain, separable } = counts(channels, false);
      points.push(`${x(channels).toFixed(1)} ${y(separable / plain).toFixed(1)}`);
    }
    curve.setAttribute('d', `M${points.join('L')}`);
    const limit = y(1 / state.kernel ** 2);
    for (const [name, value] of Object.entries({ x1: 0, x2: WIDTH, y1: limit, y2: limit }))
      floor.setAttribute(name, value);
    mark();
  }
  function mark() {
    const { plain, separable } = counts(state.channels, false);
    const with_ = counts(state.channels, true);
    point.setAttribute('cx', x(state.channels));
    point.setAttribute('cy', y(separable / plain));
    picture.setAttribute(
      'aria-label',
      `Share of parameters by channels; ${percent(separable / plain)} at ${state.channels}`,
    );
    said.replaceChildren(
      `${state.channels} channels: `,
      element('strong', {}, count(separable)),
      ' of ',
      element('strong', {}, count(plain)),
      ` weights, ${percent(separable / plain)}; with biases everywhere ${percent(with_.separable / with_.plain)}.`,
    );
  }
  const channels = element('input', {
    type: 'range',
    min: 1,
    max: MOST,
    value: state.channels,
    'aria-label': 'Channels',
  });
  channels.addEventListener('input', () => {
    state.channels = Number(channels.value);
    mark();
  });
  const kernel = wholeField('Kernel', state.kernel, [1, 11], (value) => {
    state.kernel = value;
    draw();
  });
  draw();
  place.replaceChildren(
    element(
      'div',
      { class: 'row' },
      element('label', {}, element('span', {}, 'Channels'), channels),
      element('label', {}, element('span', {}, 'Kernel'), kernel),
    ),
    picture,
    said,
  );
}
