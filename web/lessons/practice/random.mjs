// Draws from a seed, in whole numbers of 32 bits alone: a seed gives the same item in every browser.

/** A text as 32 bits (FNV-1a), so that kinds of items with the same seed have nothing in common. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  return hash;
}

export class Random {
  #state;

  /** @param {number} seed a whole number @param {string} [stream] what is drawn */
  constructor(seed, stream = '') {
    this.#state = (seed ^ hashOf(stream)) | 0;
  }

  /** 32 bits (splitmix32). */
  #next() {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return (bits ^ (bits >>> 15)) >>> 0;
  }

  /** A whole number from least to most, both included. */
  whole(least, most) {
    return least + (this.#next() % (most - least + 1));
  }

  /** @template T @param {T[]} list @returns {T} */
  pick(list) {
    return list[this.whole(0, list.length - 1)];
  }

  /** True in `share` of a hundred cases. */
  chance(share) {
    return this.whole(0, 99) < share;
  }

  /** Rows of whole numbers. */
  grid([rows, columns], least, most) {
    return Array.from({ length: rows }, () => Array.from({ length: columns }, () => this.whole(least, most)));
  }
}
