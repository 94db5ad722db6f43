// What the experiments are made of.
import { element } from '../../shell/elements.mjs';

const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: false });
const counted = new Intl.NumberFormat('en');

/** A number of a tensor as the canvas writes it: four digits, a true minus sign. */
export const number = (value) => plain.format(value).replace('-', '\u2212');
/** A count, in groups of three digits. */
export const count = (value) => counted.format(value);

/** "conv1.w[0,0,1,2]" as {tensor: "conv1.w", index: [0, 0, 1, 2]}. */
export function cellParts(cell) {
  const [, tensor, index = ''] = /^([^[]+)(?:\[(.*)\])?$/.exec(cell);
  return { tensor, index: index.split(',').map(Number) };
}

/**
 * A choice among few: buttons of which one is pressed.
 * @param {string} label
 * @param {string[]} names
 * @param {(index: number) => void} choose
 */
export function choice(label, names, choose) {
  const buttons = names.map((name, i) => {
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, name);
    button.addEventListener('click', () => set(i));
    return button;
  });
  const group = element('div', { class: 'switch', role: 'group', 'aria-label': label }, ...buttons);
  const set = (index) => {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === index)));
    choose(index);
  };
  return { group, set };
}

/** A whole number between two bounds, typed or stepped; calls change only with a number in range. */
export function wholeField(label, value, [least, most], change) {
  const input = element('input', { type: 'number', min: least, max: most, step: 1, value, 'aria-label': label });
  input.addEventListener('input', () => {
    const typed = Number(input.value);
    const ok = input.value !== '' && Number.isInteger(typed) && typed >= least && typed <= most;
    input.setAttribute('aria-invalid', String(!ok));
    if (ok) change(typed);
  });
  return input;
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children. */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(svgSpace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Kernel letters, as on the canvas. */
export const letter = (index) => String.fromCharCode(97 + index);
