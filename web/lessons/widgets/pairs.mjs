// Which pairs (output i, weight p) meet at input m? The reader picks them; the engine's own terms of the gradient judge.
import { element } from '../../shell/elements.mjs';
import { cellParts, choice, letter, number } from './parts.mjs';

/** The terms of dx[m] by "i,p". */
function termsOf(net, m) {
  const { terms, value } = net.explain(`conv1.dx[0,0,${m}]`);
  const found = new Map();
  for (const { a, b, value: product } of terms) {
    const [w, dy] = a.cell.includes('.w[') ? [a, b] : [b, a];
    found.set(`${cellParts(dy.cell).index.at(-1)},${cellParts(w.cell).index.at(-1)}`, { w, dy, product });
  }
  return { found, value };
}

export function fill(place, { scene, stops }, { engine, show }) {
  const net = engine.network(scene);
  const weights = [...net.tensor('conv1.weight')];
  const dy = [...net.tensor('dy')];
  const inputs = net.tensor('input').length;
  const cells = new Map();
  const said = element('p', { class: 'said', role: 'status' });
  let m = 0;
  let target;
  let picked;

  function tell() {
    const left = target.found.size - picked.size;
    const sum = [...picked]
      .map((key) => number(target.found.get(key).product))
      .join(' + ')
      .replaceAll('+ \u2212', '\u2212 ');
    if (!left)
      return `${sum} = ${number(target.value)}: all pairs found. The engine’s ∂L/∂X[${m}] is ${number(target.value)}.`;
    return picked.size ? `${sum} + … ${left} more to find.` : `Pick the pairs with i + p = ${m}.`;
  }

  function pick(i, p) {
    const key = `${i},${p}`;
    const cell = cells.get(key);
    const term = target.found.get(key);
    if (!term) {
      cell.dataset.state = 'wrong';
      said.textContent = `Output ${i} and weight ${letter(p)} meet at X[${i + p}], for ${i} + ${p} = ${i + p}. You are looking for ${m}.`;
      return;
    }
    picked.add(key);
    cell.dataset.state = 'right';
    cell.replaceChildren(`${number(term.w.value)} · ${number(term.dy.value)}`);
    said.textContent = tell();
  }

  function choose(index) {
    m = index;
    target = termsOf(net, m);
    picked = new Set();
    for (const [key, cell] of cells) {
      delete cell.dataset.state;
      cell.replaceChildren(`(${key.replace(',', ', ')})`);
    }
    said.textContent = tell();
  }

  const button = (i, p) => {
    const made = element('button', { type: 'button', 'aria-label': `output ${i} with weight ${p}` });
    made.addEventListener('click', () => pick(i, p));
    cells.set(`${i},${p}`, made);
    return element('td', {}, made);
  };
  const head = (text, small) => element('th', { scope: 'col' }, text, element('small', {}, small));
  const table = element(
    'table',
    { class: 'pairs' },
    element('caption', { class: 'visually-hidden' }, 'Outputs by weights'),
    element(
      'thead',
      {},
      element('tr', {}, element('td', {}), ...weights.map((w, p) => head(`p = ${p}`, `${letter(p)}: ${number(w)}`))),
    ),
    element(
      'tbody',
      {},
      ...dy.map((gradient, i) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, `i = ${i}`, element('small', {}, `∂L/∂Y: ${number(gradient)}`)),
          ...weights.map((_, p) => button(i, p)),
        ),
      ),
    ),
  );
  const names = Array.from({ length: inputs }, (_, index) => `X[${index}]`);
  const { group, set } = choice('Which input', names, (index) => {
    choose(index);
    if (stops && begun) show(stops[index]);
  });
  let begun = false;
  set(2);
  begun = true;
  place.replaceChildren(group, table, said);
}
