// What a reader has answered: counted, kept where the browser allows it, short enough for a link. It proves nothing: whoever
// can read a page can also change what it remembers.

const VERSION = '1';
const MOST = 35; // one character each, base 36
const digits = /^[0-9a-z]*$/;

/** @typedef {{right: number, tried: number}} Tally */

/** Storage that a page may not touch, as in a sandboxed frame, throws on the first look. */
function ownStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const two = ({ right, tried }) => Math.min(right, MOST).toString(36) + Math.min(tried, MOST).toString(36);

export class Progress {
  #sections;
  #storage;
  #tallies = new Map();
  #listeners = new Set();

  static key = 'backstep-progress';

  /**
   * @param {string[][]} sections the names of all items, group by group; a link knows them by their places, so that new ones
   *   go to the end of a group
   * @param {Pick<Storage, 'getItem' | 'setItem'>} [storage]
   */
  constructor(sections, storage = ownStorage()) {
    this.#sections = sections;
    this.#storage = storage;
    for (const name of sections.flat()) this.#tallies.set(name, { right: 0, tried: 0 });
    try {
      this.merge(storage?.getItem(Progress.key) ?? '');
    } catch {
      this.#storage = undefined;
    }
  }

  /** Whether it outlives the page. */
  get kept() {
    return this.#storage !== undefined;
  }

  /** @param {string} name @returns {Tally} */
  of(name) {
    return { ...(this.#tallies.get(name) ?? { right: 0, tried: 0 }) };
  }

  /** @param {string} name @param {boolean} right */
  record(name, right) {
    const tally = this.#tallies.get(name);
    if (!tally) throw new Error(`nothing is counted under "${name}"`);
    tally.tried++;
    if (right) tally.right++;
    this.#changed();
  }

  reset() {
    for (const tally of this.#tallies.values()) Object.assign(tally, { right: 0, tried: 0 });
    this.#changed();
  }

  /** Of one section: how many items were answered right at least once, and of how many. */
  section(index) {
    const names = this.#sections[index];
    return { done: names.filter((name) => this.#tallies.get(name).right > 0).length, of: names.length };
  }

  /** Called after each change. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** "1.1212.01": two characters an item, a section between dots, zeros at the end left out. */
  toText() {
    const sections = this.#sections.map((names) =>
      names
        .map((name) => two(this.#tallies.get(name)))
        .join('')
        .replace(/(00)+$/, ''),
    );
    return [VERSION, ...sections].join('.').replace(/\.+$/, '');
  }

  /**
   * Takes over what a text has more of. A text of another version, or none, changes nothing.
   * @param {string} text
   * @returns {boolean} whether it was one
   */
  merge(text) {
    const [version, ...sections] = text.split('.');
    const sound = (part, i) =>
      digits.test(part) && part.length % 2 === 0 && part.length <= 2 * (this.#sections[i]?.length ?? 0);
    if (version !== VERSION || sections.length > this.#sections.length || !sections.every(sound)) return false;
    sections.forEach((part, i) =>
      this.#sections[i].forEach((name, j) => {
        const [right = '0', tried = '0'] = part.slice(2 * j, 2 * j + 2);
        const tally = this.#tallies.get(name);
        tally.right = Math.max(tally.right, parseInt(right, 36));
        tally.tried = Math.max(tally.tried, parseInt(tried, 36), tally.right);
      }),
    );
    this.#changed();
    return true;
  }

  /** For a file. */
  toJSON() {
    const items = [...this.#tallies].filter(([, { tried }]) => tried > 0).map(([item, tally]) => ({ item, ...tally }));
    return {
      backstep_progress: 1,
      note: 'Counted in the reader’s own page, where it can be changed: no proof of anything.',
      items,
    };
  }

  #changed() {
    try {
      this.#storage?.setItem(Progress.key, this.toText());
    } catch {
      this.#storage = undefined; // full, or forbidden meanwhile
    }
    for (const listener of this.#listeners) listener();
  }
}
