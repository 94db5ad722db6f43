// <backstep-practice kind="convolve" seed="7">: one exercise after the other, each from its seed.
import { element } from '../../../shell/elements.mjs';
import { drawItem, kinds } from '../items.mjs';
import { AnswerForm } from './answer_form.mjs';
import { BackstepElement, sharedProgress } from './base.mjs';

const MOST_SEEDS = 1_000_000;

export class PracticeElement extends BackstepElement {
  #engine;
  #seed = 0;
  #place = element('div');
  #score = element('span', { class: 'score' });
  #number = element('span', { class: 'seed' });

  begin(engine) {
    this.#engine = engine;
    const kind = this.getAttribute('kind');
    const { title } = kinds.find(({ id }) => id === kind) ?? {};
    const given = this.getAttribute('seed');
    this.#seed = given === null ? Math.floor(Math.random() * MOST_SEEDS) : Number(given);
    if (!Number.isSafeInteger(this.#seed) || this.#seed < 0)
      throw new Error(`a seed is a whole number from 0, not “${given}”`);
    this.replaceChildren(
      element('div', { class: 'head' }, element('strong', {}, title ?? kind), this.#number, this.#score),
      this.#place,
    );
    this.#draw();
    this.#count();
  }

  #draw() {
    const kind = this.getAttribute('kind');
    const item = drawItem(this.#engine, kind, this.#seed);
    this.dataset.seed = String(this.#seed);
    this.dispatchEvent(new CustomEvent('backstep-seed', { bubbles: true, detail: { kind, seed: this.#seed } }));
    const form = new AnswerForm(this, this.#engine, item, {
      onAnswer: (right) => {
        sharedProgress().record(kind, right);
        this.#count();
      },
      another: () => {
        this.#seed = (this.#seed + 1) % MOST_SEEDS;
        this.#draw().focus();
      },
    });
    this.#number.textContent = `No. ${this.#seed}`;
    this.#place.replaceChildren(form.node);
    return form;
  }

  #count() {
    const { right, tried } = sharedProgress().of(this.getAttribute('kind'));
    this.#score.textContent = tried ? `${right} right in ${tried}` : '';
  }
}
