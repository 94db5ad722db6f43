// Items: a question, the engine's answer to it, and the engine's answer to each question that it is often mistaken for.
import { kinds } from './kinds/index.mjs';
import { problems } from './problems.mjs';
import { Random } from './random.mjs';
import { runOn } from './scenes.mjs';

/**
 * @typedef {object} Field a number to type, or a grid of them
 * @property {string} name
 * @property {string} label
 * @property {[number, number]} [size] of the grid
 * @property {boolean} [whole] only whole numbers can be right
 * @property {number} [tolerance] how far a rounded answer may be off
 * @property {Record<string, number>} [names] letters that may be typed for values
 */

/**
 * @typedef {object} Item
 * @property {string} kind
 * @property {number} [seed]
 * @property {string} title
 * @property {string} statement
 * @property {string[]} [list] what the statement speaks of, line by line
 * @property {{label: string, rows: (number | string)[][]}[]} [given] numbers to work with
 * @property {Field[]} fields
 * @property {object} scene what the engine judges by, and the canvas shows
 * @property {string[]} [cells] of the scene, one for each number of the answer
 * @property {number[]} right
 * @property {{id: string, says: string, answer: number[]}[]} misconceptions each with an answer of its own
 * @property {string[]} [solution] in words and numbers, where no canvas can step through it
 * @property {object} [show] another scene for the canvas
 * @property {boolean} [row] whether the rows of the picture can be drawn with their windows
 */

const same = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

/** Mistakes whose answers tell them apart, from the right one and from each other. */
function distinct(right, misconceptions) {
  const seen = [right];
  return misconceptions.filter(({ answer }) => {
    if (seen.some((other) => same(other, answer))) return false;
    seen.push(answer);
    return true;
  });
}

/** How many numbers an answer cell is made of. */
const termCounter = (run, scene, cells) => (at) =>
  run(scene, (net) => net.explain(cells[at]).terms.filter(({ taken }) => taken).length);

/** @returns {Item} with all of its mistakes, whether or not they can be told apart */
function worked(engine, kind, described) {
  const run = runOn(engine);
  const { answer, solution, show, misconceptions, ...rest } = described;
  const right = answer(run);
  return {
    kind: kind.id,
    title: kind.title,
    ...rest,
    right,
    misconceptions: misconceptions.map(({ id, says, answer: mistaken }) => ({ id, says, answer: mistaken(run) })),
    ...(solution && { solution: solution(right, run) }),
    ...(show && { show: typeof show === 'function' ? show(right) : show }),
    ...(rest.cells && { termsOf: termCounter(run, rest.scene, rest.cells) }),
  };
}

const attempts = 1000;

/**
 * The item of a seed: drawn anew until each mistake would be seen.
 * @param {import('../../api/engine/engine.d.ts').Engine} engine
 * @param {string} name of the kind
 * @param {number} seed a whole number from 0
 * @returns {Item}
 */
export function drawItem(engine, name, seed) {
  const kind = kinds.find(({ id }) => id === name);
  if (!kind) throw new Error(`there is no exercise "${name}"`);
  const random = new Random(seed, name);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const item = worked(engine, kind, kind.describe(kind.draw(random)));
    const told = distinct(item.right, item.misconceptions);
    if (told.length === item.misconceptions.length) return { ...item, seed };
  }
  throw new Error(`${name}: no item in ${attempts} draws from seed ${seed}`);
}

/**
 * One of the lesson's worked examples and practice problems. Where its numbers hide a mistake, that mistake goes unnamed.
 * @param {import('../../api/engine/engine.d.ts').Engine} engine
 * @param {string} name
 * @returns {Item}
 */
export function problemItem(engine, name) {
  const problem = problems.find(({ id }) => id === name);
  if (!problem) throw new Error(`there is no problem "${name}"`);
  const item = worked(engine, problem, problem.describe());
  return { ...item, misconceptions: distinct(item.right, item.misconceptions) };
}

export { kinds, problems };
