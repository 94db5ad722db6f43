// Dense, local, shared: the three counts of one layer at sizes of the reader's choice.
import { element } from '../../shell/elements.mjs';
import { count, wholeField } from './parts.mjs';

export function fill(place, options, { engine }) {
  const size = { ...options };
  const rows = ['dense', 'local', 'shared'].map((name) => {
    const bar = element('span', { class: 'bar-fill' });
    const value = element('strong');
    const line = element(
      'div',
      { class: 'bar-line' },
      element('span', {}, name),
      element('span', { class: 'bar-track' }, bar),
      value,
    );
    return { line, bar, value };
  });

  function recount() {
    const net = engine.network({
      backstep: 1,
      input: { shape: [1, size.channels, size.size, size.size] },
      layers: [{ op: 'conv2d', out: size.out, kernel: size.kernel, padding: 'same' }],
    });
    const [layer] = net.info().layers;
    net.dispose();
    const weights = [
      layer.dense_parameters - layer.outputs,
      layer.multiply_adds,
      layer.weight.reduce((product, extent) => product * extent, 1),
    ];
    rows.forEach(({ bar, value }, i) => {
      value.textContent = count(weights[i]);
      bar.style.inlineSize = `${(100 * Math.log10(weights[i])) / Math.log10(weights[0])}%`;
    });
  }

  const fields = [
    ['size', 'Rows and columns', [1, 512]],
    ['channels', 'Channels in', [1, 256]],
    ['out', 'Channels out', [1, 256]],
    ['kernel', 'Kernel', [1, 11]],
  ].map(([name, label, bounds]) =>
    element(
      'label',
      {},
      element('span', {}, label),
      wholeField(label, size[name], bounds, (value) => {
        size[name] = value;
        recount();
      }),
    ),
  );
  recount();
  place.replaceChildren(
    element('div', { class: 'row' }, ...fields),
    element('div', { class: 'bars' }, ...rows.map(({ line }) => line)),
    element(
      'p',
      { class: 'said' },
      'Different weights, without biases. Each bar’s length is the number of its digits.',
    ),
  );
}
