// The panel beside the canvas: layers to change, breakpoints and watches. Ordinary form elements, which keyboard and
// screen reader use as everybody does.
import { element, offer } from './elements.mjs';

/** @typedef {{value: string, label: string, problem: string}} Choice */
/** @typedef {{name: string, shapes: string, attributes: {name: string, value: string, choices: Choice[]}[], acts: Choice[], adds: Choice[]}} Layer */

const ACTS = { up: 'Move up', down: 'Move down', remove: 'Remove' };
const SIGNS = { up: '↑', down: '↓', remove: '✕' };

/** Why some values cannot be chosen: the nearest one on each side of those that can, with the reason. */
function reasons(choices) {
  const first = choices.find(({ problem }) => problem);
  return first ? `Not ${first.label}: ${first.problem}.` : '';
}

export class Panel {
  #intent;
  #root;
  #layers;
  #breakpoints;
  #watches;
  #name;

  /**
   * @param {HTMLElement} main
   * @param {(kind: string, value?: string) => void} intent
   */
  constructor(main, intent) {
    this.#intent = intent;
    this.#layers = element('ol', { class: 'layers' });
    this.#breakpoints = element('ul', {});
    this.#watches = element('tbody', {});
    this.#name = element('input', { name: 'mark', placeholder: 'conv1.y[0,1,1]', 'aria-label': 'A cell or a layer' });
    const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '✕');
    close.addEventListener('click', () => intent('panel'));
    const add = (kind, label) => {
      const made = element('button', { type: 'button', name: kind }, label);
      made.addEventListener('click', () => {
        if (this.#name.value) intent(kind, this.#name.value.trim());
        this.#name.value = '';
      });
      return made;
    };
    this.#root = element(
      'aside',
      { 'data-backstep': 'panel', 'aria-label': 'Layers, breakpoints and watches', hidden: true },
      close,
      element('h2', {}, 'Watches'),
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...['Cell', 'Value', 'Gradient', ''].map((text) => element('th', {}, text))),
        ),
        this.#watches,
      ),
      element('h2', {}, 'Breakpoints'),
      this.#breakpoints,
      element('p', { class: 'marks' }, this.#name, add('watch', 'Watch'), add('break', 'Break')),
      element('h2', {}, 'Layers'),
      this.#layers,
    );
    main.append(this.#root);
  }

  /** @param {{breakpoints?: string, watches?: string, panel?: string}} fields of the mirror */
  apply({ breakpoints = '', watches = '', panel = '' }) {
    this.#root.hidden = panel !== 'true';
    if (this.#root.hidden) return;
    const rows = (text) => (text ? text.split('\n').map((line) => line.split('\t')) : []);
    const remove = (kind, name) => {
      const made = element('button', { type: 'button', 'aria-label': `Remove ${name}` }, '✕');
      made.addEventListener('click', () => this.#intent(kind, name));
      return made;
    };
    const go = (name) => {
      const made = element('button', { type: 'button', class: 'go' }, name);
      made.addEventListener('click', () => this.#intent('pin', name));
      return made;
    };
    this.#watches.replaceChildren(
      ...rows(watches).map(([name, value, gradient = '']) =>
        element(
          'tr',
          { class: value === 'lost' ? 'lost' : '' },
          element('th', { scope: 'row' }, value === 'lost' ? name : go(name)),
          value === 'lost'
            ? element('td', { colspan: 2 }, 'lost its cell')
            : element('td', { class: value === 'not yet' ? 'unknown' : '' }, value),
          ...(value === 'lost' ? [] : [element('td', { class: gradient === 'not yet' ? 'unknown' : '' }, gradient)]),
          element('td', {}, remove('watch', name)),
        ),
      ),
    );
    this.#breakpoints.replaceChildren(
      ...rows(breakpoints).map(([name, lost]) =>
        element('li', { class: lost ?? '' }, lost ? `${name}, lost its cell` : name, ' ', remove('break', name)),
      ),
    );
  }

  /** @param {{layers: Layer[]} | null} panel */
  setLayers(panel) {
    // What had the keyboard has it again.
    const focused = this.#layers.contains(document.activeElement) ? document.activeElement.name : '';
    this.#layers.replaceChildren(...(panel?.layers ?? []).map((layer, i) => this.#layer(layer, i - 1)));
    if (focused) this.#layers.querySelector(`[name="${focused}"]`)?.focus();
  }

  #layer({ name, shapes, attributes, acts, adds }, index) {
    const buttons = acts.map(({ value, problem }) => {
      const made = element(
        'button',
        {
          type: 'button',
          name: `${name}.${value}`,
          title: problem ? `${ACTS[value]}: ${problem}` : ACTS[value],
          'aria-label': `${ACTS[value]} ${name}${problem ? `, not possible: ${problem}` : ''}`,
          'aria-disabled': String(Boolean(problem)),
        },
        SIGNS[value],
      );
      made.addEventListener('click', () => this.#intent('layer', `${index} ${value}`));
      return made;
    });
    const add = element('select', { name: `${name}.add`, 'aria-label': `Add a layer after ${name}` });
    offer(add, [
      { value: '', label: '+ add after' },
      ...adds.map(({ value, label, problem }) => ({ value, label: problem ? `${label}: ${problem}` : label })),
    ]);
    adds.forEach(({ problem }, i) => (add.options[i + 1].disabled = Boolean(problem)));
    add.addEventListener('change', () => this.#intent('layer', `${index} ${add.value}`));
    return element(
      'li',
      {},
      element('div', { class: 'layer' }, element('strong', {}, name), element('span', {}, shapes), ...buttons),
      ...attributes.map((attribute) => this.#attribute(name, index, attribute)),
      add,
    );
  }

  #attribute(layer, index, { name, value, choices }) {
    const change = (to) => this.#intent('layer', `${index} ${name} ${to}`);
    const id = `${layer}.${name}`;
    let control;
    if (choices.length > 0) {
      control = element('select', { name: id });
      offer(control, choices);
      choices.forEach(({ problem }, i) => {
        control.options[i].disabled = Boolean(problem);
        control.options[i].title = problem;
      });
      control.value = value;
      control.addEventListener('change', () => change(control.value));
    } else {
      control = element('input', { name: id, inputmode: 'decimal', '.value': value, size: 8 });
      control.addEventListener('change', () => change(control.value));
    }
    const why = reasons(choices);
    return element(
      'div',
      { class: 'attribute' },
      element('label', {}, element('span', {}, name.replaceAll('_', ' ')), control),
      ...(why ? [element('small', {}, why)] : []),
    );
  }
}
