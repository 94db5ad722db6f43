// The quiz of a chapter: its texts with the engine's numbers in them, and what an answer is worth.
import { Figures } from './figures.mjs';
import { Random } from './random.mjs';

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {string} ask
 * @property {{text: string, right: boolean, why: string}[]} options one of them is right; `why` says why, or why not
 */

/** Chapters that have a quiz, by the names of their pages. */
export const chapters = [
  'convolution',
  'stride-and-padding',
  'parameter-sharing',
  'receptive-field',
  'pooling',
  'backpropagation',
  'feature-hierarchy',
  'cost',
  'glossary',
];

/** In an order that says nothing of who wrote it, and is the same for everybody. */
function shuffled(options, id) {
  const random = new Random(0, id);
  const list = [...options];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

/**
 * @param {import('../../api/engine/engine.d.ts').Engine} engine
 * @param {{scenes: Record<string, object | string>, questions: any[]}} source as its file has it
 * @returns {Question[]}
 */
export function fillQuiz(engine, { scenes, questions }) {
  const figures = new Figures(engine, scenes);
  try {
    return questions.map(({ id, ask, options }) => ({
      id,
      ask: figures.fill(ask),
      options: shuffled(options, id).map(({ text, right = false, why }) => ({
        text: figures.fill(text),
        right,
        why: figures.fill(why),
      })),
    }));
  } finally {
    figures.dispose();
  }
}

/** @param {Question} question @param {number} choice */
export function judgeChoice({ options }, choice) {
  const { right, why } = options[choice];
  return { right, says: why };
}
