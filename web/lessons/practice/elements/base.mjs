// What the elements have in common: the engine, the reader's progress, the style, and the events that the page around them
// hears.
import { element } from '../../../shell/elements.mjs';
import { groups } from '../catalogue.mjs';
import { Progress } from '../progress.mjs';
import { siteUrl } from '../site.mjs';

let loading;
/** One engine for all elements of a page, unless a page has one already. @param {Promise<any> | any} [engine] */
export function sharedEngine(engine) {
  loading ??= engine ?? import('../../../engine.mjs').then(({ loadEngine }) => loadEngine());
  return loading;
}

let progress;
/** What this reader has answered; a link may bring some along: ?progress=… */
export function sharedProgress() {
  if (progress) return progress;
  progress = new Progress(groups.map(({ names }) => names));
  progress.merge(new URLSearchParams(globalThis.location?.search ?? '').get('progress') ?? '');
  return progress;
}

let styled = false;
function addStyle() {
  if (styled) return;
  styled = true;
  document.head.append(element('link', { rel: 'stylesheet', href: siteUrl('lesson/practice/practice.css') }));
}

/** Says to the page that something was answered. */
export function tellAnswer(host, detail) {
  host.dispatchEvent(new CustomEvent('backstep-answer', { bubbles: true, composed: true, detail }));
}

/**
 * Asks the page to show a scene on its canvas; a page without one opens the debugger beside it.
 * @param {HTMLElement} host
 * @param {{scene: object, step?: number, covers?: string[]}} what covers: tensors that stay hidden
 */
export function askToShow(host, { scene, step, covers }) {
  const document = covers ? { ...scene, covers } : scene;
  const begin = step === undefined ? {} : { step: String(step), grain: 'product', term: '0' };
  const detail = { scene: JSON.stringify(document), ...begin };
  const event = new CustomEvent('backstep-show', { bubbles: true, composed: true, cancelable: true, detail });
  if (!host.dispatchEvent(event)) return;
  const address = new URLSearchParams({ ...detail, scene: base64Url(detail.scene) });
  open(siteUrl(`index.html#${address}`), '_blank', 'noopener');
}

/** A text as the address has documents. @param {string} text */
export function base64Url(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** An element that waits for the engine, and says so when it cannot be had. */
export class BackstepElement extends HTMLElement {
  /** Set before the element is in the page: its engine. */
  engine;

  connectedCallback() {
    addStyle();
    this.classList.add('practice');
    if (this.dataset.ready !== undefined) return;
    this.ready = this.#begin();
  }

  async #begin() {
    try {
      await this.begin(await (this.engine ?? sharedEngine()));
      this.dataset.ready = '';
    } catch (error) {
      console.error(error);
      this.replaceChildren(
        element('p', { class: 'verdict', 'data-state': 'wrong' }, `This exercise could not be made: ${error.message}`),
      );
    }
  }

  /** @param {import('../../../api/engine/engine.d.ts').Engine} engine */
  async begin(engine) {
    throw new Error(`${this.localName} does nothing with ${engine}`);
  }
}
