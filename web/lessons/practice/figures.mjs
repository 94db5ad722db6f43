// Numbers in the quiz's texts: "{small.conv1.parameters}", "{small.conv1.rows}" are counted by the engine, "{patch@conv1.y[0,0]}" is a cell of a
// scene's pass, and sums and quotients of such: "{a.total.parameters / b.total.parameters : %2}".

/** [N, C, H, W] by name. */
const extents = (shape) => ({ channels: shape.at(-3), rows: shape.at(-2), columns: shape.at(-1) });

/** What the engine says about the scenes of a quiz; each is run once. */
export class Figures {
  #engine;
  #scenes;
  #nets = new Map();

  /** @param {import('../../api/engine/engine.d.ts').Engine} engine @param {Record<string, object | string>} scenes */
  constructor(engine, scenes) {
    this.#engine = engine;
    this.#scenes = scenes;
  }

  #net(name) {
    if (!Object.hasOwn(this.#scenes, name)) throw new Error(`there is no scene "${name}"`);
    if (!this.#nets.has(name)) this.#nets.set(name, this.#engine.network(this.#scenes[name]));
    return this.#nets.get(name);
  }

  #count(name) {
    const [scene, part, ...path] = name.split('.');
    const info = this.#net(scene).info();
    const layer = info.layers.find((one) => one.name === part);
    const begin =
      part === 'input'
        ? extents(info.input)
        : part === 'total'
          ? info.total
          : layer && { ...layer, ...extents(layer.output) };
    return path.reduce((at, key) => at?.[key], begin);
  }

  /** @param {string} name "scene.layer.property" or "scene@cell" */
  value(name) {
    const at = name.indexOf('@');
    const value = at < 0 ? this.#count(name) : this.#net(name.slice(0, at)).value(name.slice(at + 1));
    if (typeof value !== 'number') throw new Error(`nothing is computed under "${name}"`);
    return value;
  }

  /** @param {string} text with placeholders in braces */
  fill(text) {
    return text.replace(/\{([^{}]+)\}/g, (_, inside) => this.#figure(inside));
  }

  #figure(inside) {
    const [, expression, percent, places] = /^(.*?)(?:\s:\s*(%?)(\d))?$/.exec(inside);
    const value = evaluate(expression, (name) => this.value(name));
    if (places !== undefined) return percent ? `${written(100 * value, places)} %` : written(value, places);
    return written(value);
  }

  dispose() {
    for (const net of this.#nets.values()) net.dispose();
    this.#nets.clear();
  }
}

/** Groups of three, a true minus sign; without `places` as many digits as the canvas shows. */
function written(value, places) {
  const digits =
    places === undefined
      ? { maximumFractionDigits: Number.isInteger(value) ? 0 : 3 }
      : { minimumFractionDigits: Number(places), maximumFractionDigits: Number(places) };
  return new Intl.NumberFormat('en', digits).format(value).replace('-', '\u2212');
}

const operations = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b };

/** Numbers and names joined by operators with spaces around them, worked out from left to right. */
function evaluate(expression, look) {
  const [first, ...rest] = expression.trim().split(/\s+/);
  const operand = (text) => (/^\d+$/.test(text) ? Number(text) : look(text));
  let value = operand(first);
  for (let i = 0; i < rest.length; i += 2) {
    const operation = operations[rest[i]];
    if (!operation || rest[i + 1] === undefined) throw new Error(`not understood: "${expression}"`);
    value = operation(value, operand(rest[i + 1]));
  }
  return value;
}
