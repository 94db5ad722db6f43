// What a chapter asks of the engine, through the headless program: native or WebAssembly, they answer alike.
import { spawnSync } from 'node:child_process';

/** Asks once for each question: chapters share scenes. */
export class Engine {
  #command;
  #answers = new Map();

  /** @param {string[]} command  the program and what stands before its arguments */
  constructor(command) {
    this.#command = command;
  }

  #ask(args, input = '') {
    const key = JSON.stringify([args, input]);
    if (!this.#answers.has(key)) {
      const [program, ...before] = this.#command;
      const { status, stdout, stderr } = spawnSync(program, [...before, ...args], {
        input,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      if (status !== 0) throw new Error(stderr?.trim() || `${program} cannot be started`);
      this.#answers.set(key, stdout);
    }
    return this.#answers.get(key);
  }

  /** The stops of a playlist: title, text, answer, step, cell, scene. */
  stops(playlist) {
    return JSON.parse(this.#ask(['stops', '-', '--json'], JSON.stringify(playlist)));
  }

  /** Draws a scene where its cursor stands. @param {any} scene a document @param {string} out the file */
  draw(scene, step, out) {
    const { grain = 'cell', term } = scene.cursor;
    const args = ['svg', '-', '--at', String(step), '--grain', grain, '--height', '480', '--out', out];
    this.#ask(
      [...args, ...(grain === 'product' && term !== undefined ? ['--term', String(term)] : [])],
      JSON.stringify(scene),
    );
  }

  /** Shapes and counts of a preset or of a scene document. */
  info(scene) {
    const document = typeof scene === 'object';
    return JSON.parse(this.#ask(['info', document ? '-' : scene, '--json'], document ? JSON.stringify(scene) : ''));
  }
}
