// A sheet on the page, and so on paper: the same blocks blank, then filled in.
import { element } from '../../../shell/elements.mjs';

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: false });
const whole = new Intl.NumberFormat('en');

/** Whole numbers as they are, others with the four digits of the canvas. */
const written = (value) =>
  typeof value === 'string' ? value : (Number.isInteger(value) ? whole : digits).format(value).replace('-', '\u2212');

/** @param {import('../sheet.mjs').Block} block @param {boolean} key whether it is filled in */
function table({ label, rows, blank }, key) {
  return element(
    'table',
    { class: blank ? 'numbers answer' : 'numbers' },
    element('caption', {}, label),
    ...rows.map((row) =>
      element('tr', {}, ...row.map((value) => element('td', {}, blank && !key ? '' : written(value)))),
    ),
  );
}

const blocks = (list, key) => element('div', { class: 'blocks' }, ...list.map((block) => table(block, key)));

export function sceneView({ title, layers, blocks: list, left }, number, key) {
  const shown = key ? list.filter(({ blank }) => blank) : list;
  return element(
    'section',
    { class: 'exercise' },
    element('h2', {}, `${number}. ${title || 'A network'}`),
    ...(key ? [] : [element('p', { class: 'layers' }, layers.join(' · '))]),
    blocks(shown, key),
    ...(left.length && !key ? [element('p', { class: 'layers' }, `Too large for paper: ${left.join(', ')}.`)] : []),
  );
}

export function exerciseView({ title, statement, list, given, answer, solution }, number, key) {
  const lines = key ? solution : list;
  return element(
    'section',
    { class: 'exercise' },
    element('h2', {}, `${number}. ${title}`),
    ...(key ? [] : [element('p', {}, statement)]),
    ...(lines.length ? [element('ol', {}, ...lines.map((line) => element('li', {}, line)))] : []),
    blocks(key ? answer : [...given, ...answer], key),
  );
}

const letter = (index) => String.fromCharCode(65 + index);

/** @param {import('../quiz.mjs').Question} question */
export function questionView({ ask, options }, number, key) {
  const right = options.findIndex((option) => option.right);
  return element(
    'section',
    { class: 'exercise' },
    element('p', {}, element('strong', {}, `${number}. `), ask),
    key
      ? element(
          'p',
          {},
          element('strong', {}, `${letter(right)}. `),
          `${options[right].text} `,
          element('span', { class: 'layers' }, options[right].why),
        )
      : element(
          'ul',
          { class: 'choices' },
          ...options.map(({ text }, i) =>
            element('li', {}, element('span', { class: 'box', 'aria-hidden': 'true' }), `${letter(i)}. ${text}`),
          ),
        ),
  );
}
