// One kernel of five by five against two of three by three, with channels of the reader's choice.
import { element } from '../../shell/elements.mjs';
import { count, wholeField } from './parts.mjs';

const SIZE = 32;

export function fill(place, options, { engine }) {
  const channels = { ...options };
  const total = (layers) => {
    const net = engine.network({ backstep: 1, input: { shape: [1, channels.in, SIZE, SIZE] }, layers });
    const { parameters } = net.info().total;
    net.dispose();
    return parameters;
  };
  const layer = (out, kernel) => ({ op: 'conv2d', out, kernel });
  const said = element('p', { class: 'said', role: 'status' });
  function recount() {
    const large = total([layer(channels.out, 5)]);
    const two = total([layer(channels.middle, 3), layer(channels.out, 3)]);
    const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 }).format(
      Math.abs(large - two) / large,
    );
    said.replaceChildren(
      'One of 5×5: ',
      element('strong', {}, count(large)),
      ' parameters. Two of 3×3: ',
      element('strong', {}, count(two)),
      large === two ? ', the same.' : `, ${share} ${two < large ? 'fewer' : 'more'}.`,
    );
  }
  const fields = [
    ['in', 'Channels in'],
    ['middle', 'In the middle'],
    ['out', 'Channels out'],
  ].map(([name, label]) =>
    element(
      'label',
      {},
      element('span', {}, label),
      wholeField(label, channels[name], [1, 1024], (value) => {
        channels[name] = value;
        recount();
      }),
    ),
  );
  recount();
  place.replaceChildren(element('div', { class: 'row' }, ...fields), said);
}
