// A sheet of paper and its answer key: a scene's tensors with some of them left blank, exercises from a seed, a quiz. Every
// number is the engine's.
import { drawItem, problemItem, problems } from './items.mjs';

/** More numbers than this are no work for a pencil. */
const MOST_CELLS = 400;

const symbols = { weight: 'K', bias: 'b', y: 'Y', dx: '∂L/∂X', dw: '∂L/∂K', db: '∂L/∂b', p: 'p', value: 'L' };

const dense = { weight: 'W', dw: '∂L/∂W' };

/** "∂L/∂K of conv1" */
function labelOf(name) {
  if (name === 'input') return 'X';
  if (name === 'dy') return '∂L/∂Y, given';
  if (name === 'target') return 'target';
  const [layer, part] = name.split('.');
  if (layer.startsWith('dense') && part in dense) return `${dense[part]} of ${layer}`;
  return `${symbols[part] ?? part} of ${layer}`;
}

/** Planes of at most two dimensions, each with where it lies in its tensor. */
function planesOf(shape, values) {
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape.slice(-2);
  const leading = shape.slice(0, -2);
  const planes = rows * columns === 0 ? 0 : values.length / (rows * columns);
  return Array.from({ length: planes }, (_, plane) => {
    const at = [];
    for (let i = leading.length - 1, rest = plane; i >= 0; i--) {
      at.unshift(rest % leading[i]);
      rest = Math.floor(rest / leading[i]);
    }
    const begin = plane * rows * columns;
    const cells = Array.from({ length: rows }, (_unused, row) => [
      ...values.slice(begin + row * columns, begin + (row + 1) * columns),
    ]);
    return { at, rows: cells };
  });
}

/** The place of a plane, without the sample and without axes of one. */
const planeLabel = (label, shape, at) => {
  const told = at.filter((_, i) => shape[i] > 1);
  return told.length ? `${label}, ${told.join(', ')}` : label;
};

/** The tensors in the order of a pass: forward, then backward from the last layer to the first. */
function inOrder(net) {
  const names = net.tensorNames().filter((name) => !name.endsWith('_next') && name !== 'target');
  const layers = net.info().layers.map(({ name }) => name);
  const wanted = [
    'input',
    ...layers.flatMap((layer) => [`${layer}.weight`, `${layer}.bias`, `${layer}.y`]),
    'loss.p',
    'loss.value',
    'loss.dx',
    'dy',
    ...[...layers].reverse().flatMap((layer) => [`${layer}.dw`, `${layer}.db`, `${layer}.dx`]),
  ];
  return wanted.filter((name) => names.includes(name));
}

const isGiven = (name) => name === 'input' || name === 'dy' || /\.(weight|bias)$/.test(name);

/** What of a scene could be left blank. @returns {{name: string, label: string, cells: number}[]} */
export function blankable(engine, scene) {
  const net = engine.network(scene);
  try {
    if (net.info().shapes_only) return [];
    return inOrder(net)
      .filter((name) => !isGiven(name))
      .map((name) => ({ name, label: labelOf(name), cells: net.tensor(name).length }))
      .filter(({ cells }) => cells <= MOST_CELLS);
  } finally {
    net.dispose();
  }
}

/**
 * @typedef {object} Block a table of numbers
 * @property {string} label
 * @property {(number | string)[][]} rows
 * @property {boolean} blank
 */

/**
 * @param {import('../../api/engine/engine.d.ts').Engine} engine
 * @param {object | string} scene
 * @param {string[]} blanks names of tensors
 * @returns {{title: string, blocks: Block[], left: string[]}} left: tensors too large for paper
 */
export function sceneSheet(engine, scene, blanks) {
  const net = engine.network(scene);
  try {
    const { title, layers } = net.info();
    const names = inOrder(net);
    for (const name of blanks)
      if (!names.includes(name)) throw new Error(`there is nothing called “${name}” to leave blank`);
    const last = names.findLastIndex((name) => blanks.includes(name));
    const shown = names.filter((name, i) => isGiven(name) || i <= last);
    const small = (name) => net.tensor(name).length <= MOST_CELLS;
    const blocks = shown.filter(small).flatMap((name) => {
      const shape = net.shape(name);
      return planesOf(shape, net.tensor(name).slice()).map(({ at, rows }) => ({
        label: planeLabel(labelOf(name), shape, at),
        rows,
        blank: blanks.includes(name),
      }));
    });
    return {
      title,
      layers: layers.map(
        ({ name, op, output }) =>
          `${name}: ${op.replace('2d', '').replaceAll('_', ' ')}, ${output.slice(1).join(' × ')} out`,
      ),
      blocks,
      left: shown.filter((name) => !small(name)).map(labelOf),
    };
  } finally {
    net.dispose();
  }
}

/** An answer's numbers, field by field, as tables. @param {import('./items.mjs').Item} item @returns {Block[]} */
function answerBlocks({ fields, right }) {
  let at = 0;
  return fields.map(({ label, size: [rows, columns] = [1, 1], letters = {} }) => {
    const written = (value) => Object.keys(letters).find((letter) => letters[letter] === value) ?? value;
    const cells = Array.from({ length: rows }, (_, row) =>
      right.slice(at + row * columns, at + (row + 1) * columns).map(written),
    );
    at += rows * columns;
    return { label, rows: cells, blank: true };
  });
}

/**
 * Exercises for paper.
 * @param {import('../../api/engine/engine.d.ts').Engine} engine
 * @param {{name: string, count: number}[]} wanted kinds, or problems (once each)
 * @param {number} seed of the first of each kind
 */
export function exerciseSheet(engine, wanted, seed) {
  const isProblem = (name) => problems.some(({ id }) => id === name);
  const items = wanted.flatMap(({ name, count }) =>
    isProblem(name)
      ? [problemItem(engine, name)]
      : Array.from({ length: count }, (_, i) => drawItem(engine, name, seed + i)),
  );
  return items.map((item) => ({
    title: item.title,
    statement: item.statement,
    list: item.list ?? [],
    given: (item.given ?? []).map(({ label, rows }) => ({ label, rows, blank: false })),
    answer: answerBlocks(item),
    solution: item.solution ?? [],
  }));
}
