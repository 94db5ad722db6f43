// The accessible mirror: everything the canvas shows of the state, as attributes, controls and one sentence. This is
// the only writer of these elements; the program says what to write after each change of its state.
import {
  buildControls,
  buildEdits,
  buildErrands,
  buildGoTo,
  buildTour,
  listenToControls,
  showScale,
} from './controls.mjs';
import { element, offer } from './elements.mjs';

/**
 * The fields of web/app/mirror.h, all texts; some are missing where a scene has no steps.
 * @typedef {Partial<Record<'step' | 'steps' | 'term' | 'grain' | 'phase' | 'layer' | 'cell' | 'hash' | 'narration' | 'scene' |
 *   'title' | 'playing' | 'target' | 'classes' | 'error' | 'input' | 'tour' | 'stop' | 'stops' | 'tour_title' |
 *   'tour_text' | 'asked' | 'verdict' | 'notice' | 'present' | 'everything' | 'pinned' | 'pinned_value' | 'pinned_can' | 'rate' | 'kernel' | 'brush' | 'panel' | 'breakpoints' |
 *   'watches' | 'menu' | 'can_undo' | 'can_redo' | 'keys' | 'see' | 'theme' | 'scale' | 'cells' |
 *   'sees' | 'flip' | 'flip_layer' | 'check' | 'check_width', string>>} MirrorFields
 */

const SEES = { gather: 'gathered', scatter: 'scattered', unrolled: 'im2col', matrix: 'a matrix' };
const ATTRIBUTES = ['step', 'steps', 'term', 'grain', 'phase', 'layer', 'cell', 'hash'];

/** @param {Element & {textContent: string | null}} element @param {string} text */
function setText(element, text) {
  // Writing the same text again would have it read out again.
  if (element.textContent !== text) element.textContent = text;
}

export class Mirror {
  #root;
  #controls;
  #tour;
  #edits;
  #intent;
  #errands;
  #goTo;
  /** @type {{name: string, title: string}[]} */
  #presets = [];

  /**
   * @param {HTMLElement} root
   * @param {HTMLCanvasElement} canvas
   * @param {(kind: string, value?: string) => void} intent
   * @param {(files: Iterable<File>) => void} open
   */
  constructor(root, canvas, intent, open) {
    this.#root = root;
    this.#controls = buildControls(root);
    listenToControls(this.#controls, intent, open);
    this.#goTo = buildGoTo(root, canvas, intent);
    this.#tour = buildTour(root, intent);
    this.#edits = buildEdits(root, intent);
    this.#intent = intent;
    this.#errands = buildErrands(root, intent);
  }

  /** @param {{name: string, title: string}[]} presets */
  setPresets(presets) {
    this.#presets = presets;
  }

  /** @param {number} count */
  setFrames(count) {
    this.#root.dataset.frames = String(count);
  }

  chooseFile() {
    this.#controls.file.click();
  }

  typeCell() {
    this.#goTo.show();
  }

  /** @param {MirrorFields} fields */
  apply(fields) {
    // A scene of shapes only has no steps to speak of.
    for (const name of ATTRIBUTES) this.#root.dataset[name] = fields[name] ?? '';
    this.#applyScene(fields);
    this.#applySteps(fields);
    this.#applyWays(fields);
    this.#applyMessages(fields);
    this.#applyTour(fields);
    this.#applyEdits(fields);
    this.#applyErrands(fields);
  }

  #applyEdits({ pinned = '', pinned_value = '', pinned_can, rate = '', kernel, breakpoints = '', menu = '', ...rest }) {
    const edits = this.#edits;
    // What somebody is typing stays.
    const fill = (input, text) => {
      if (document.activeElement !== input || input.value === '') input.value = text;
    };
    fill(edits.cell.input, pinned);
    fill(edits.value.input, pinned_value);
    edits.value.label.hidden = !pinned;
    setText(edits.value.text, `Value of ${pinned}`);
    edits.value.input.readOnly = pinned_can !== 'true';
    edits.kernel.hidden = !kernel;
    edits.watch.hidden = edits.stop.hidden = !pinned;
    edits.rate.label.hidden = !rate;
    fill(edits.rate.input, rate);
    edits.paint.setAttribute('aria-pressed', String(Boolean(rest.brush)));
    edits.undo.disabled = rest.can_undo !== 'true';
    edits.redo.disabled = rest.can_redo !== 'true';
    edits.run.hidden = !breakpoints;
    edits.panel.setAttribute('aria-pressed', rest.panel === 'true' ? 'true' : 'false');
    if (edits.menu.dataset.menu === menu) return;
    edits.menu.dataset.menu = menu;
    edits.menu.hidden = !menu;
    const entries = menu ? menu.split('\n').map((line) => line.split('\t')) : [];
    edits.menu.replaceChildren(
      ...entries.map(([label, note, no], i) => {
        const made = element('button', { type: 'button', disabled: Boolean(no) }, note ? `${label} ${note}` : label);
        made.addEventListener('click', () => this.#intent('menu', String(i)));
        return made;
      }),
    );
  }

  #applyErrands({ asked = '', cell = '', present = 'false', everything = 'false', notice = '', keys = '' }) {
    const { cover, present: presenting, everything: all, keys: help, list, said } = this.#errands;
    help.setAttribute('aria-expanded', String(Boolean(keys)));
    if (Boolean(keys) !== list.hasChildNodes()) {
      const entries = keys ? keys.split('\n').map((line) => line.split('\t')) : [];
      list.replaceChildren(...entries.flatMap(([key, what]) => [element('dt', {}, key), element('dd', {}, what)]));
    }
    cover.value = cell;
    cover.hidden = !cell || Boolean(asked);
    presenting.setAttribute('aria-pressed', present);
    all.setAttribute('aria-pressed', everything);
    setText(said, notice);
  }

  #applyTour({ tour = '', stop = '', stops = '', tour_title = '', tour_text = '', asked = '', verdict = '' }) {
    const { section, title, text, back, next, pause, resume, question, verdict: said, start } = this.#tour;
    const open = tour === 'running' || tour === 'paused';
    section.hidden = !open;
    section.dataset.tour = tour;
    section.dataset.stop = stop;
    section.dataset.stops = stops;
    setText(title, open ? `${tour_title}, ${stop} of ${stops}` : '');
    setText(text, tour_text);
    back.disabled = stop === '1';
    setText(next, stop === stops ? 'Finish' : 'Next');
    pause.hidden = tour !== 'running';
    resume.hidden = tour !== 'paused';
    question.hidden = !asked;
    setText(said, verdict);
    start.hidden = open;
    setText(start, tour === 'left' ? 'Resume the tour' : 'Tour');
  }

  #applyScene({ scene = '', title, target = '', classes, input = '', theme = 'system', scale = '100', cells = '' }) {
    const controls = this.#controls;
    const scenes = this.#presets.map((preset) => ({ value: preset.name, label: preset.title }));
    if (!scenes.some(({ value }) => value === scene)) scenes.unshift({ value: scene, label: title || 'Own scene' });
    offer(controls.scene, scenes);
    controls.scene.value = scene;

    const names = classes ? classes.split('\n') : [];
    controls.targetLabel.hidden = names.length === 0;
    offer(
      controls.target,
      names.map((label, i) => ({ value: String(i), label })),
    );
    controls.target.value = target;

    controls.theme.value = theme;
    showScale(controls, scale);
    offer(
      this.#goTo.names,
      cells.split('\n').map((value) => ({ value, label: '' })),
    );

    controls.input.hidden = !input;
    setText(controls.input, input);
  }

  #applySteps({ step = '0', steps = '0', grain, phase = '', cell = '', playing = 'false' }) {
    const { play, grains, scrubber } = this.#controls;
    setText(play, playing === 'true' ? 'Pause' : 'Play');
    play.dataset.playing = playing;
    for (const radio of grains) radio.checked = radio.value === grain;
    scrubber.max = String(Math.max(0, Number(steps) - 1));
    scrubber.value = step;
    scrubber.setAttribute('aria-valuetext', `${step} of ${steps}: ${cell}, ${phase}`);
  }

  #applyWays({ see = '', sees = '', flip = '', flip_layer = '', check = '', check_width = '' }) {
    const controls = this.#controls;
    const ways = sees.split('\n').map((value) => ({ value, label: SEES[value] ?? value }));
    controls.seeLabel.hidden = ways.length < 2;
    offer(controls.see, ways);
    controls.see.value = see;
    controls.flip.hidden = !flip_layer;
    controls.flip.value = `${flip_layer} flip ${flip !== 'true'}`;
    controls.flip.setAttribute('aria-pressed', flip);
    controls.checkLabel.hidden = !check;
    controls.width.value = check_width;
    controls.width.setAttribute('aria-valuetext', check);
    setText(controls.check, check);
  }

  #applyMessages({ narration = '', playing, error = '', tour = '' }) {
    const controls = this.#controls;
    // While playing the sentences would pile up in the reader's queue; the one it stops at is read.
    // The tour speaks for itself.
    const live = playing === 'true' || tour === 'running' ? 'off' : 'polite';
    if (controls.narration.getAttribute('aria-live') !== live) {
      controls.narration.setAttribute('aria-live', live);
      if (live === 'polite') controls.narration.textContent = '';
    }
    setText(controls.narration, narration);
    controls.errorBox.hidden = !error;
    setText(controls.error, error);
  }
}
