// A grid to type numbers into, with the arrow keys as in a sheet; and tables of numbers to read.
import { element } from '../../../shell/elements.mjs';

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Whether the caret is where the arrow would leave the text. */
function atEdge({ selectionStart, selectionEnd, value }, key) {
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return selectionStart === selectionEnd && selectionStart === (key === 'ArrowLeft' ? 0 : value.length);
}

function moveOnArrows(table, columns) {
  const inputs = [...table.querySelectorAll('input')];
  table.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const at = inputs.indexOf(event.target);
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (step[1] !== 0 && !atEdge(event.target, event.key)) return;
    const column = (at % columns) + step[1];
    const next = inputs[at + step[0] * columns + step[1]];
    if (!next || column < 0 || column >= columns) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
}

/** @param {import('../items.mjs').Field} field @returns {{node: HTMLElement, inputs: HTMLInputElement[]}} */
export function numberGrid({ label, size: [rows, columns], whole }) {
  const cell = (row, column) =>
    element('input', {
      type: 'text',
      inputmode: whole ? 'numeric' : 'text', // a keyboard of digits has no minus on some phones
      autocomplete: 'off',
      size: 3,
      'aria-label': rows * columns === 1 ? label : `${label}, row ${row}, column ${column}`,
    });
  const table = element(
    'table',
    { class: 'numbers', role: 'presentation' },
    ...Array.from({ length: rows }, (_, row) =>
      element('tr', {}, ...Array.from({ length: columns }, (_unused, column) => element('td', {}, cell(row, column)))),
    ),
  );
  moveOnArrows(table, columns);
  const node = element(
    'div',
    { class: 'grid', role: 'group', 'aria-label': label },
    element('span', { class: 'name', 'aria-hidden': 'true' }, label),
    table,
  );
  return { node, inputs: [...table.querySelectorAll('input')] };
}

/** A single number with its label. */
export function numberField({ label, whole }) {
  const input = element('input', {
    type: 'text',
    inputmode: whole ? 'numeric' : 'decimal',
    autocomplete: 'off',
    size: 9,
  });
  return { node: element('label', { class: 'field' }, element('span', {}, label), input), inputs: [input] };
}

export const signed = (value) => (typeof value === 'number' ? String(value).replace('-', '\u2212') : value);

/** Numbers to read. @param {{label: string, rows: (number | string)[][]}} tensor */
export function numberTable({ label, rows }) {
  return element(
    'div',
    { class: 'grid' },
    element(
      'table',
      { class: 'numbers given' },
      element('caption', { class: 'name' }, label),
      ...rows.map((row) => element('tr', {}, ...row.map((value) => element('td', {}, signed(value))))),
    ),
  );
}
