// The figures that a chapter's prose works out: "256^2 * 3", "(a.conv1.parameters - b.conv1.parameters) / 7 : %2".
// Exact: whole numbers without limit and their quotients, rounded once, where the text asks for digits.

/** @typedef {{top: bigint, bottom: bigint}} Fraction  in lowest terms, bottom > 0 */

const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** @returns {Fraction} */
export function fraction(top, bottom = 1n) {
  if (bottom === 0n) throw new Error('division by zero');
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = gcd(top, bottom) || 1n;
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
}

const floor = ({ top, bottom }) => fraction(top / bottom - (top % bottom < 0n ? 1n : 0n));

const binary = {
  '+': (a, b) => fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  '-': (a, b) => fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  '*': (a, b) => fraction(a.top * b.top, a.bottom * b.bottom),
  '/': (a, b) => fraction(a.top * b.bottom, a.bottom * b.top),
};
const functions = {
  floor,
  ceil: (a) => binary['-'](fraction(0n), floor(binary['-'](fraction(0n), a))),
};

const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][\w-]*(?:\.[\w-]+)*)|(.))/gy;

function tokens(text) {
  const out = [];
  for (const [, number, name, sign] of text.trim().matchAll(token)) out.push({ number, name, sign });
  return out;
}

/** @param {string} digits "12" or "0.125" */
function decimal(digits) {
  const [whole, part = ''] = digits.split('.');
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length));
}

/**
 * @param {string} text
 * @param {(name: string) => number | bigint} look  what a name with dots stands for
 * @returns {Fraction}
 */
export function evaluate(text, look) {
  const list = tokens(text);
  let at = 0;
  const sign = (...signs) => (signs.includes(list[at]?.sign) ? list[at++].sign : undefined);
  const need = (wanted) => {
    if (!sign(wanted)) throw new Error(`expected ${wanted} in "${text}"`);
  };
  const bracketed = () => {
    need('(');
    const value = sum();
    need(')');
    return value;
  };
  const atom = () => {
    const { number, name } = list[at] ?? {};
    if (sign('-')) return binary['-'](fraction(0n), power());
    if (number === undefined && name === undefined) return bracketed();
    at++;
    if (number !== undefined) return decimal(number);
    return Object.hasOwn(functions, name) ? functions[name](bracketed()) : fraction(BigInt(look(name)));
  };
  const power = () => {
    const base = atom();
    if (!sign('^')) return base;
    const exponent = power();
    if (exponent.bottom !== 1n || exponent.top < 0n) throw new Error(`not a whole power in "${text}"`);
    return fraction(base.top ** exponent.top, base.bottom ** exponent.top);
  };
  const chain = (part, ...signs) => {
    let value = part();
    for (let which = sign(...signs); which; which = sign(...signs)) value = binary[which](value, part());
    return value;
  };
  const product = () => chain(power, '*', '/');
  const sum = () => chain(product, '+', '-');
  const value = sum();
  if (at < list.length) throw new Error(`not understood: "${text}"`);
  return value;
}

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Rounded to so many decimals, halves away from zero; thousands by commas, a true minus sign, as the engine writes. */
export function decimals({ top, bottom }, places) {
  const size = top < 0n ? -top : top;
  const scaled = (2n * size * 10n ** BigInt(places) + bottom) / (2n * bottom);
  const digits = String(scaled).padStart(places + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - places));
  return `${top < 0n && scaled > 0n ? '\u2212' : ''}${whole}${places ? `.${digits.slice(-places)}` : ''}`;
}

/**
 * "expression" must come out whole; "expression : 2" has two decimals, "expression : %2" is a percentage with two.
 * @param {string} text
 * @param {(name: string) => number | bigint} look
 */
export function figure(text, look) {
  const [, expression, percent, places] = /^(.*?)(?::\s*(%?)(\d+)\s*)?$/.exec(text);
  const value = evaluate(expression, look);
  if (places === undefined) {
    if (value.bottom !== 1n) throw new Error(`"${text}" is no whole number; say how many decimals`);
    return decimals(value, 0);
  }
  if (!percent) return decimals(value, Number(places));
  return `${decimals(binary['*'](value, fraction(100n)), Number(places))} %`;
}
