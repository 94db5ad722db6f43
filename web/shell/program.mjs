// The compiled program: loads it, and passes text, bytes and numbers across its border. The C++ side is web/api.

/**
 * What the program calls; the C++ side is web/api/page.h. Texts are JSON.
 * @typedef {object} PageHooks
 * @property {(json: string) => void} presets the scenes to choose from: [{name, title}]
 * @property {(json: string) => void} mirror the mirror's fields, each a text
 * @property {(json: string) => void} theme the theme's colours by name
 * @property {(json: string) => void} address where we are: {preset or document, overrides}
 * @property {(json: string) => void} field the field over a cell, or null
 * @property {(json: string) => void} panel the layers and what can be done with them, or null
 * @property {(count: number) => void} frames frames drawn so far
 * @property {() => void} chooseFile opens the dialog for choosing a file
 * @property {() => void} typeCell the field for the name of a cell gets the keyboard
 * @property {(text: string) => void} copy puts a text on the clipboard
 * @property {() => void} copyLink puts the present address there
 * @property {(json: string) => void} save gives the reader a file: {name, text}
 * @property {(name: string) => void} saveCanvas the same with what the canvas shows now, as PNG
 * @property {() => void} openLesson goes to the chapters
 * @property {() => void} leaveCanvas keyboard focus leaves the canvas
 */

/** Fetches with a report of how much has come: a share of 1, or nothing where the size is not known. */
async function fetchWithProgress(url, onProgress) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
  // The length counts compressed bytes, the stream gives them unpacked: only together without compression do they tell a share.
  const total = response.headers.has('Content-Encoding') ? 0 : Number(response.headers.get('Content-Length') ?? 0);
  if (!response.body || !total) return response;
  let loaded = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      onProgress(Math.min(1, loaded / total));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { 'Content-Type': 'application/wasm' } });
}

/** Compiles while it loads where the server names the type rightly and the browser can; else after loading. */
async function instantiate(response, imports) {
  const streams = response.headers.get('Content-Type') === 'application/wasm' && 'instantiateStreaming' in WebAssembly;
  if (streams) return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

/**
 * Loads and starts the program on the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {PageHooks} hooks
 * @param {{onProgress: (share: number) => void, onAbort: (reason: unknown) => void}} listeners
 */
export async function startProgram(canvas, hooks, { onProgress, onAbort }) {
  const base = new URL('../', import.meta.url);
  const loading = fetchWithProgress(new URL('app.wasm', base), onProgress);
  const [{ default: createModule }, response] = await Promise.all([import(new URL('app.mjs', base).href), loading]);
  const module = await new Promise((resolve, reject) => {
    createModule({
      canvas,
      page: hooks,
      onAbort,
      instantiateWasm(imports, done) {
        instantiate(response, imports).then(({ instance, module: code }) => done(instance, code), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return new Program(module);
}

/** The exported functions of web/api/exports.cpp. */
export class Program {
  #module;

  constructor(module) {
    this.#module = module;
  }

  /** Calls an exported function with texts, numbers and byte arrays; texts and bytes are copied into its memory and freed. */
  #call(name, ...values) {
    const module = this.#module;
    const allocated = [];
    const own = (pointer) => {
      allocated.push(pointer);
      return pointer;
    };
    const passed = values.map((value) => {
      if (typeof value === 'string') return own(module.stringToNewUTF8(value));
      if (typeof value === 'number') return value;
      const pointer = own(module._malloc(Math.max(1, value.length)));
      if (!pointer) throw new RangeError('not enough memory');
      module.HEAPU8.set(value, pointer);
      return pointer;
    });
    try {
      return module[`_backstep_${name}`](...passed);
    } finally {
      allocated.forEach((pointer) => module._free(pointer));
    }
  }

  /** A control was used. */
  intent(kind, value = '') {
    this.#call('intent', kind, value);
  }
  /** Something outside the program went wrong: a sentence to show. */
  fail(message) {
    this.#call('fail', message);
  }
  /** The page's address as a JSON object of strings. */
  address(json) {
    this.#call('address', json);
  }
  /** Asks for a call of the hook `address`. */
  writeAddress() {
    this.#call('write_address');
  }
  /** @param {{rgba: Uint8Array, width: number, height: number, name: string}} picture */
  picture({ rgba, width, height, name }) {
    this.#call('picture', rgba, width, height, name);
  }
  /** @param {'scene' | 'weights'} kind @param {Uint8Array} bytes @param {string} name */
  file(kind, bytes, name) {
    this.#call('file', kind, bytes, bytes.length, name);
  }
  /** The canvas in device pixels. */
  resize(width, height, pixelRatio) {
    this.#call('resize', width, height, pixelRatio);
  }
  environment(bits) {
    this.#call('environment', bits);
  }
  /** Whether the canvas can be seen. */
  show(visible) {
    this.#call('show', visible ? 1 : 0);
  }
  /** Whether the canvas has the keyboard. */
  focus(focused) {
    this.#call('focus', focused ? 1 : 0);
  }
  /** Whether a press at this point of the canvas moves or holds something there; CSS pixels. */
  takesPress(x, y) {
    return this.#call('takes_press', x, y) !== 0;
  }
  /** Whether typed digits are an answer to a question, or the pinned cell's new number. */
  takesDigits() {
    return this.#call('takes_digits') !== 0;
  }
  /** Whether something at this point scrolls or is enlarged by the wheel; CSS pixels. */
  /**
   * Where something that can be pressed is drawn, by its name, in CSS pixels of the canvas: for tests, which have to
   * find what readers see.
   * @param {string} name
   * @param {number} [index] of a family's member
   * @returns {DOMRect | null} nothing where it is not drawn
   */
  placeOf(name, index = 0) {
    const [x, y, width, height] = [0, 1, 2, 3].map((side) => this.#call('place_of', name, index, side));
    return width > 0 && height > 0 ? new DOMRect(x, y, width, height) : null;
  }
  takesWheel(x, y) {
    return this.#call('takes_wheel', x, y) !== 0;
  }
}
