// The engine without a window, for node and browsers: networks to run, train and explain, and single convolutions.
// engine.d.ts describes every call, docs/engine-module.md shows how they go together.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the engine refuses, or what cannot be asked of it any more. */
export class EngineError extends Error {
  constructor({ code, where = '', message }) {
    super(where ? `${where}: ${message}` : message);
    this.name = 'EngineError';
    this.code = code;
    this.where = where;
  }
}

const standard = new URL('engine.wasm', import.meta.url);
let standardModule = null; // a promise: compiled once for all engines

async function readBytes(url) {
  if (url.protocol === 'file:') {
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok)
    throw new EngineError({ code: 'engine.load', message: `${url} cannot be read: ${response.status}` });
  return response.arrayBuffer();
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  const isPlace = typeof source === 'string' || source instanceof URL;
  return WebAssembly.compile(isPlace ? await readBytes(new URL(source, standard)) : source);
}

/** Starts an engine with a memory of its own. */
export async function loadEngine({ wasm } = {}) {
  if (!wasm) standardModule ??= compile(standard);
  const module = await (wasm ? compile(wasm) : standardModule).catch((error) => {
    if (!wasm) standardModule = null; // the next call tries again
    throw error;
  });
  return new Engine(new Memory(await WebAssembly.instantiate(module, imports)));
}

const imports = {
  // Views are made anew for each call, so growing is no news.
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    proc_exit(code) {
      throw new WebAssembly.RuntimeError(`exit ${code}`);
    },
  },
};

/** Calls into the instance: copies arguments in and answers out. */
class Memory {
  #exports;
  #broken = false;

  constructor(instance) {
    this.#exports = instance.exports;
    this.#exports._initialize?.();
  }

  get size() {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Calls an exported function; texts and arrays become pairs of pointer and length, freed afterwards. */
  call(name, ...values) {
    if (this.#broken) {
      throw new EngineError({
        code: 'engine.broken',
        message: 'the engine stopped at an earlier error; load another one',
      });
    }
    const allocated = [];
    try {
      const passed = values.flatMap((value) => {
        if (typeof value === 'number') return value;
        if (typeof value === 'boolean') return Number(value);
        const array = typeof value === 'string' ? encoder.encode(value) : value;
        const pointer = this.#exports.malloc(Math.max(1, array.byteLength));
        if (!pointer) throw new EngineError({ code: 'engine.memory', message: 'not enough memory' });
        allocated.push(pointer);
        new array.constructor(this.#exports.memory.buffer, pointer, array.length).set(array);
        return [pointer, array.length];
      });
      return this.#exports[`backstep_${name}`](...passed);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.#broken = true;
      throw new EngineError({ code: 'engine.broken', message: `the engine stopped: ${error.message}` });
    } finally {
      if (!this.#broken) allocated.forEach((pointer) => this.#exports.free(pointer));
    }
  }

  /** A call that answers 0 (or no pointer) for an error. */
  ask(name, ...values) {
    const result = this.call(name, ...values);
    if (!result) throw new EngineError(JSON.parse(this.text()));
    return result;
  }

  text() {
    return decoder.decode(
      new Uint8Array(this.#exports.memory.buffer, this.#exports.backstep_text(), this.#exports.backstep_text_size()),
    );
  }
  number() {
    return this.#exports.backstep_number();
  }
  /** What the last call showed, in place. */
  view(Type = Float32Array) {
    return new Type(this.#exports.memory.buffer, this.#exports.backstep_data(), this.#exports.backstep_count());
  }
  at(pointer, count) {
    return new Float32Array(this.#exports.memory.buffer, pointer, count);
  }
}

const notNumbers = new Set(['NaN', 'Infinity', '-Infinity']);
const realNames = new Set(['value', 'folded', 'subtotal', 'total']);
/** JSON knows no NaN and no infinity: they come as texts. */
const reviveReals = (key, value) => (realNames.has(key) && notNumbers.has(value) ? Number(value) : value);

/** @returns {Float32Array} */
const asFloats = (values) => (values instanceof Float32Array ? values : Float32Array.from(values));

function check(value, name, isRight, wanted) {
  if (!isRight(value)) throw new EngineError({ code: 'engine.argument', where: name, message: `expected ${wanted}` });
  return value;
}
const isText = (value) => typeof value === 'string';
const isNumber = (value) => typeof value === 'number';
const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** What has memory in an engine. */
class Handle {
  #memory;
  #pointer;
  #deleter;

  constructor(memory, pointer, deleter) {
    this.#memory = memory;
    this.#pointer = pointer;
    this.#deleter = deleter;
  }
  get memory() {
    return this.#memory;
  }
  get pointer() {
    if (this.#pointer) return this.#pointer;
    throw new EngineError({ code: 'engine.disposed', message: 'this has been disposed of' });
  }
  dispose() {
    if (this.#pointer) this.#memory.call(this.#deleter, this.#pointer);
    this.#pointer = 0;
  }
}

class Engine {
  #memory;

  constructor(memory) {
    this.#memory = memory;
  }

  get memoryBytes() {
    return this.#memory.size;
  }

  presets() {
    this.#memory.ask('presets');
    return JSON.parse(this.#memory.text());
  }

  network(scene = 'pocket', { edit, batch = 0 } = {}) {
    const isScene = isText(scene) || (typeof scene === 'object' && scene !== null);
    check(scene, 'scene', () => isScene, 'the name of a preset or a scene document');
    check(batch, 'batch', (value) => Number.isSafeInteger(value) && value >= 0, 'a whole number of samples');
    const address = { scene: isText(scene) ? scene : JSON.stringify(scene), ...(edit === undefined ? {} : { edit }) };
    const pointer = this.#memory.ask('network_new', JSON.stringify(address), batch);
    return new Network(new Handle(this.#memory, pointer, 'network_delete'));
  }

  conv2d(layer) {
    check(layer, 'layer', (value) => typeof value === 'object' && value !== null, 'an object');
    const pointer = this.#memory.ask('conv_new', JSON.stringify(layer));
    return new Convolution(new Handle(this.#memory, pointer, 'conv_delete'), JSON.parse(this.#memory.text()));
  }

  drawDataset({ channels = 1, height, width, classes = 4, count, seed = 1998 }) {
    this.#memory.ask('draw', ...[channels, height, width, classes, count, seed].map(Number));
    const images = this.#memory.view().slice();
    this.#memory.call('drawn_labels');
    return { images, labels: this.#memory.view(Int32Array).slice(), shape: [count, channels, height, width] };
  }
}

class Network {
  #handle;

  constructor(handle) {
    this.#handle = handle;
  }

  #ask(name, ...values) {
    this.#handle.memory.ask(`network_${name}`, this.#handle.pointer, ...values);
    return this.#handle.memory;
  }
  /** A step, by its number or by the name of its cell. */
  #step(step) {
    if (isNumber(step)) return step;
    return this.#ask('step_of', check(step, 'step', isText, 'the number of a step or the name of a cell')).number();
  }

  forward() {
    this.#ask('forward');
  }
  backward() {
    this.#ask('backward');
  }
  train(steps = 1) {
    return this.#ask('train', check(steps, 'steps', isNumber, 'a number')).number();
  }

  tensorNames() {
    return JSON.parse(this.#ask('tensor_names').text());
  }
  tensor(name) {
    return this.#ask('tensor', check(name, 'name', isText, 'the name of a tensor')).view();
  }
  shape(name) {
    return JSON.parse(this.#ask('tensor', check(name, 'name', isText, 'the name of a tensor')).text());
  }
  set(name, values) {
    check(name, 'name', isText, 'the name of a tensor');
    this.#ask('set', name, asFloats(check(values, 'values', isList, 'an array of numbers')));
  }
  edit(edits) {
    this.#ask('edit', check(edits, 'edits', isText, 'a text such as input[0,0,1]=5'));
  }

  get steps() {
    return this.#ask('record').number();
  }
  stepOf(cell) {
    return this.#step(check(cell, 'cell', isText, 'the name of a cell'));
  }
  step(step) {
    return JSON.parse(this.#ask('step', this.#step(step)).text());
  }
  value(cell) {
    return this.#ask('value', check(cell, 'cell', isText, 'the name of a cell')).number();
  }
  explain(step) {
    return JSON.parse(this.#ask('explain', this.#step(step)).text(), reviveReals);
  }
  narrate(step, terms = -1) {
    return this.#ask('narrate', this.#step(step), check(terms, 'terms', isNumber, 'a number')).text();
  }

  hash() {
    return this.#ask('hash').text();
  }
  parametersHash() {
    return this.#ask('parameters_hash').text();
  }
  info() {
    return JSON.parse(this.#ask('describe').text());
  }
  document() {
    return this.#ask('document').text();
  }
  weights() {
    return this.#ask('weights').view(Uint8Array).slice();
  }
  setWeights(file) {
    check(file, 'file', (value) => value instanceof Uint8Array, 'the bytes of a safetensors file');
    this.#ask('set_weights', file);
  }

  dispose() {
    this.#handle.dispose();
  }
}

// One letter for each tensor at the border of web/api/engine/exports.cpp.
const letters = { x: 'x', w: 'w', b: 'b', y: 'y', dx: 'X', dw: 'W', db: 'B', dy: 'Y' };

class Convolution {
  #handle;

  constructor(handle, shapes) {
    this.#handle = handle;
    this.shapes = { ...shapes, dx: shapes.x, dw: shapes.w, db: shapes.b, dy: shapes.y };
  }

  #letter(name) {
    check(name, 'name', (value) => Object.hasOwn(letters, value), `one of ${Object.keys(letters).join(' ')}`);
    return letters[name].charCodeAt(0);
  }

  set(name, values) {
    const { memory, pointer } = this.#handle;
    const letter = this.#letter(name);
    check(values, 'values', isList, 'an array of numbers');
    const room = memory.call('conv_staging', pointer, values.length);
    if (room) memory.at(room, values.length).set(values);
    memory.ask('conv_set', pointer, letter, room, room ? values.length : 0);
  }
  get(name) {
    const { memory, pointer } = this.#handle;
    memory.ask('conv_get', pointer, this.#letter(name));
    return memory.view();
  }

  forward({ relu = false } = {}) {
    this.#handle.memory.call('conv_forward', this.#handle.pointer, relu);
  }
  backwardInput() {
    this.#handle.memory.call('conv_backward_input', this.#handle.pointer);
  }
  backwardWeights() {
    this.#handle.memory.call('conv_backward_weights', this.#handle.pointer);
  }

  dispose() {
    this.#handle.dispose();
  }
}
