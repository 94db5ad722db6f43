// A field over a cell of the canvas, for its new number: a real input, so that phones show their keyboard for numbers.
import { element } from './elements.mjs';

const SMALLEST = 72;

export class CellField {
  #canvas;
  #intent;
  #form;
  #input;
  #cell = '';
  #first = '';

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(kind: string, value?: string) => void} intent
   */
  constructor(canvas, intent) {
    this.#canvas = canvas;
    this.#intent = intent;
    this.#input = element('input', { name: 'cell', inputmode: 'decimal', autocomplete: 'off', enterkeyhint: 'done' });
    // Phones' keyboards for decimal numbers have no minus.
    const sign = element('button', { type: 'button', 'aria-label': 'Change the sign', tabindex: -1 }, '±');
    this.#form = element('form', { class: 'cell-field', hidden: true }, this.#input, sign);
    canvas.parentElement.append(this.#form);
    sign.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the keyboard
    sign.addEventListener('click', () => {
      const { value } = this.#input;
      this.#input.value = value.startsWith('-') ? value.slice(1) : `-${value}`;
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#close(true, true);
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close(false, true);
    });
    this.#input.addEventListener('blur', () => this.#close(true, false));
  }

  #close(commits, focus) {
    if (this.#form.hidden) return;
    this.#form.hidden = true;
    if (focus) this.#canvas.focus({ preventScroll: true });
    if (commits && this.#input.value !== this.#first) this.#intent('set', `${this.#cell}=${this.#input.value}`);
    else this.#intent('field_close');
  }

  /** @param {{cell: string, value: string, selected: boolean, x: number, y: number, w: number, h: number} | null} field */
  show(field) {
    if (!field) {
      this.#form.hidden = true;
      return;
    }
    const { cell, value, selected, x, y, w, h } = field;
    const { offsetLeft, offsetTop, clientWidth, clientHeight } = this.#canvas;
    const { style } = this.#form;
    // A cell out of sight has its field in the middle.
    const width = Math.max(SMALLEST, w + 4);
    const left = w ? x + w / 2 - width / 2 : clientWidth / 2 - width / 2;
    style.left = `${offsetLeft + Math.max(4, Math.min(left, clientWidth - width - 48))}px`;
    style.top = `${offsetTop + (w ? y + h / 2 : clientHeight / 3)}px`;
    this.#input.style.width = `${width}px`;
    this.#input.style.height = `${Math.max(36, h + 4)}px`;
    const fresh = this.#form.hidden || this.#cell !== cell;
    this.#cell = cell;
    this.#input.setAttribute('aria-label', `New value of ${cell}`);
    this.#form.hidden = false;
    if (!fresh) return;
    this.#input.value = value;
    this.#first = selected ? value : '';
    this.#input.focus({ preventScroll: true });
    if (selected) this.#input.select();
  }
}
