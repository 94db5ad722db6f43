// The form of one item: what is asked, fields for the answer, its judgement with a hint, and the way to the solution.
import { element } from '../../../shell/elements.mjs';
import { fieldsOf, judge, parseNumber } from '../answers.mjs';
import { askToShow, tellAnswer } from './base.mjs';
import { numberField, numberGrid, numberTable, signed } from './number_grid.mjs';
import { rowPicture } from './row_picture.mjs';

const button = (text, press, attributes = {}) => {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', press);
  return made;
};

/** The letter that stands for a value, where a field has letters. */
const letterOf = ({ letters = {} }, value) =>
  Object.keys(letters).find((letter) => letters[letter] === value) ?? signed(value);

/** The canvas knows values only. */
function lettersInWords({ fields }) {
  const letters = Object.entries(fields[0].letters ?? {});
  return letters.length ? ` There ${letters.map(([letter, value]) => `${letter} is ${value}`).join(', ')}.` : '';
}

export class AnswerForm {
  #item;
  #engine;
  #host;
  #inputs = [];
  #fields;
  #verdict = element('div', { class: 'verdict', role: 'status' });
  #solution = element('div', { class: 'solution', hidden: true });
  #check = element('button', { class: 'primary' }, 'Check');
  #done = false; // answered right, or shown
  #onAnswer;

  /**
   * @param {HTMLElement} host hears the events
   * @param {import('../../../api/engine/engine.d.ts').Engine} engine
   * @param {import('../items.mjs').Item} item
   * @param {{onAnswer?: (right: boolean) => void, another?: () => void}} [ways]
   */
  constructor(host, engine, item, { onAnswer, another } = {}) {
    this.#host = host;
    this.#engine = engine;
    this.#item = item;
    this.#fields = fieldsOf(item);
    this.#onAnswer = onAnswer;
    this.node = element(
      'form',
      { novalidate: true, 'aria-label': item.title },
      ...this.#question(),
      ...this.#answer(another),
    );
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#judge();
    });
    this.node.addEventListener('input', ({ target }) => {
      delete target.dataset.state;
      target.removeAttribute('aria-invalid');
    });
  }

  focus() {
    this.#inputs[0]?.focus();
  }

  #question() {
    const { statement, list, given } = this.#item;
    return [
      element('p', { class: 'ask' }, statement),
      ...(list ? [element('ol', { class: 'chain' }, ...list.map((line) => element('li', {}, line)))] : []),
      ...(given ? [element('div', { class: 'row givens' }, ...given.map(numberTable))] : []),
    ];
  }

  #answer(another) {
    const parts = this.#item.fields.map((field) => (field.size ? numberGrid(field) : numberField(field)));
    this.#inputs = parts.flatMap(({ inputs }) => inputs);
    const canvas = this.#item.cells ? [button('On the canvas', () => this.#present())] : [];
    const buttons = [
      this.#check,
      button('Show me step by step', () => this.#show()),
      ...canvas,
      ...(another ? [button('Another one', another)] : []),
    ];
    return [
      element('div', { class: 'row fields' }, ...parts.map(({ node }) => node)),
      element('div', { class: 'row buttons' }, ...buttons),
      this.#verdict,
      this.#solution,
    ];
  }

  #judge() {
    const given = this.#inputs.map((input, i) => parseNumber(input.value, this.#fields[i]));
    const { right, cells, hint } = judge(this.#item, given);
    this.#inputs.forEach((input, i) => {
      input.dataset.state = cells[i] ? 'right' : 'wrong';
      input.setAttribute('aria-invalid', String(!cells[i]));
    });
    this.#say(right ? 'right' : 'wrong', right ? 'Right.' : 'Not yet.', right ? '' : hint.says);
    if (!right) this.#inputs[cells.indexOf(false)].focus();
    const { kind, seed } = this.#item;
    tellAnswer(this.#host, {
      item: kind,
      seed: seed ?? null,
      given: given.map((value) => (Number.isNaN(value) ? null : value)),
      right,
      hint: hint?.id ?? null,
    });
    if (!this.#done) this.#onAnswer?.(right);
    if (right) this.#done = true;
    if (right) this.#letters();
  }

  /** Where letters stand for values, they follow the gradient into the cells. */
  #letters() {
    this.#inputs.forEach((input, i) => {
      if (this.#fields[i].letters) input.value = letterOf(this.#fields[i], this.#item.right[i]);
    });
  }

  #say(state, word, text) {
    this.#verdict.dataset.state = state;
    this.#verdict.replaceChildren(element('strong', {}, word), ` ${text}`);
  }

  #present() {
    askToShow(this.#host, { scene: this.#item.scene, covers: this.#item.fields.map(({ name }) => name) });
  }

  #show() {
    this.#done = true; // from here on it is no answer of the reader's own
    const { cells, scene, solution, show, row } = this.#item;
    if (cells) {
      askToShow(this.#host, { scene, step: this.#stepOf(scene, cells[0]) });
      this.#say(
        'shown',
        'On the canvas',
        `stands the first term. → adds the next one, ← takes it out again.${lettersInWords(this.#item)}`,
      );
      return;
    }
    const canvas = show
      ? [button('Slide the window on the canvas', () => askToShow(this.#host, { scene: show, step: 0 }))]
      : [];
    this.#solution.replaceChildren(
      element('ol', {}, ...solution.map((line) => element('li', {}, line))),
      ...(row ? [rowPicture(this.#engine, scene)] : []),
      ...canvas,
    );
    this.#solution.hidden = false;
  }

  #stepOf(scene, cell) {
    const net = this.#engine.network(scene);
    try {
      return net.stepOf(cell);
    } finally {
      net.dispose();
    }
  }
}
