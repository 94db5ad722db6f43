// The page's address: what it says goes to the program as one JSON text, and where the program is comes back into it.
// Nothing is judged here; the program's parser is the only one.

/** @param {string} text base64url of UTF-8 @returns {string | null} */
function fromBase64Url(text) {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** @param {string} text */
function toBase64Url(text) {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

// The keys whose values may be whole documents in base64url: a scene, which else is a preset's name, and a playlist.
const DOCUMENTS = new Set(['scene', 'playlist']);

function documentText(value) {
  const document = fromBase64Url(value);
  return document?.trimStart().startsWith('{') ? document : value;
}

/**
 * `#scene=pocket&step=12` as `{"scene":"pocket","step":"12"}`. A key that stands twice stands twice in the JSON too.
 * @param {string} hash
 */
export function addressJson(hash) {
  const members = [...new URLSearchParams(hash.replace(/^#/, ''))].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(DOCUMENTS.has(key) ? documentText(value) : value)}`,
  );
  return `{${members.join(',')}}`;
}

/**
 * The other way round.
 * @param {{playlist?: string, preset?: string, document?: string, overrides: Record<string, string>}} address without
 *   preset and document while the tour runs: its stops say which scene is shown
 */
export function addressHash({ playlist, preset, document, overrides }) {
  const scene = preset ?? (document === undefined ? undefined : toBase64Url(document));
  return `#${new URLSearchParams({
    ...(playlist !== undefined && { playlist: toBase64Url(playlist) }),
    ...(scene !== undefined && { scene }),
    ...overrides,
  })}`;
}

// Browsers refuse scripts that rewrite the address more than about three times a second for long.
const QUIET_MILLISECONDS = 500;

/** Keeps the address in step with the program, without an entry in the history for each step. */
export class AddressWriter {
  #ask;
  #hashOf;
  #timer = 0;

  /**
   * @param {() => void} ask asks the program for where it is; the answer is to be given to write()
   * @param {typeof addressHash} [hashOf]
   */
  constructor(ask, hashOf = addressHash) {
    this.#ask = ask;
    this.#hashOf = hashOf;
  }

  /** Something changed: the address follows soon. */
  changed() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#ask();
    }, QUIET_MILLISECONDS);
  }

  /** @param {string} json as the hook `address` gets it */
  write(json) {
    const hash = this.#hashOf(JSON.parse(json));
    if (hash === location.hash) return;
    try {
      history.replaceState(history.state, '', hash);
    } catch {
      // A document without an address of its own (srcdoc) has nothing to keep in step.
    }
  }
}
