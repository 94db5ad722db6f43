// <backstep-predict>: a number to predict before it is shown. Its property `question` says of which scene and cell.
import { AnswerForm } from './answer_form.mjs';
import { BackstepElement } from './base.mjs';

const NEAR = 0.005; // of the value, as on the canvas: what rounding in one's head may cost

/**
 * @typedef {object} Prediction
 * @property {object | string} scene
 * @property {string} cell
 * @property {string} ask
 * @property {string} [label]
 */

/** @param {import('../../../api/engine/engine.d.ts').Engine} engine @param {Prediction} question @returns {import('../items.mjs').Item} */
export function predictionItem(engine, { scene, cell, ask, label = 'Your prediction' }) {
  const net = engine.network(scene);
  try {
    const value = net.value(cell);
    return {
      kind: 'predict',
      title: 'Predict first',
      statement: ask,
      fields: [{ name: cell, label, tolerance: NEAR * Math.abs(value) }],
      scene: JSON.parse(net.document()),
      cells: [cell],
      right: [value],
      misconceptions: [],
    };
  } finally {
    net.dispose();
  }
}

export class PredictElement extends BackstepElement {
  /** @type {Prediction} */
  question;

  begin(engine) {
    const question = this.question ?? JSON.parse(this.getAttribute('question'));
    this.replaceChildren(new AnswerForm(this, engine, predictionItem(engine, question)).node);
  }
}
