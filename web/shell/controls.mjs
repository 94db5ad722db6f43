// The controls of the mirror: ordinary form elements for everything the canvas can do.
import { element, offer } from './elements.mjs';

export const GRAINS = ['product', 'cell', 'channel', 'layer'];
const THEMES = { system: 'as the system', light: 'light', dark: 'dark', contrast: 'high contrast' };
const SCALES = [75, 90, 100, 110, 125, 150, 175, 200];

// The patterns of web/app/kernel_patterns.cpp.
const KERNELS = ['identity', 'box', 'gaussian', 'sobel-x', 'sobel-y', 'laplacian', 'emboss', 'sharpen', 'random'];

const button = (name, label) => element('button', { type: 'button', name }, label);

/**
 * @param {HTMLElement} root the element `[data-backstep="mirror"]`, which gets the controls
 */
export function buildControls(root) {
  const scene = element('select', { name: 'scene' });
  const target = element('select', { name: 'target' });
  const targetLabel = element('label', { class: 'target', hidden: true }, element('span', {}, 'Target'), target);
  // The input itself is what is focused and pressed; its label is what is seen.
  const file = element('input', {
    type: 'file',
    name: 'file',
    accept: 'image/*,.json,.safetensors',
    class: 'visually-hidden',
  });
  const fileLabel = element('label', { class: 'button' }, file, 'File…');
  const reset = button('reset', 'Reset');
  const theme = element('select', { name: 'theme' });
  offer(
    theme,
    Object.entries(THEMES).map(([value, label]) => ({ value, label })),
  );
  const scale = element('select', { name: 'scale' });
  const input = element('span', { class: 'input', hidden: true });

  const back = button('back', 'Back');
  const next = button('next', 'Next');
  const play = button('play', 'Play');
  const grains = GRAINS.map((value) => element('input', { type: 'radio', name: 'grain', value }));
  const see = element('select', { name: 'see' });
  const seeLabel = element('label', { hidden: true }, element('span', {}, 'Seen as'), see);
  const flip = element('button', { type: 'button', name: 'flip', hidden: true }, 'Turn the kernel');
  const width = element('input', { type: 'range', name: 'check_width', min: 0, max: 40, step: 1 });
  const checkLabel = element('label', { hidden: true }, element('span', {}, 'Gradient check, eps'), width);
  const check = element('p', { 'data-backstep': 'check', 'aria-live': 'polite', class: 'visually-hidden' });
  const scrubber = element('input', { type: 'range', name: 'step', min: 0, max: 0, step: 1, value: 0 });

  const error = element('span', { role: 'alert' });
  const dismiss = button('dismiss', 'Close');
  const errorBox = element('div', { class: 'error', hidden: true }, error, dismiss);
  const narration = element('p', {
    id: 'backstep-narration',
    'data-backstep': 'narration',
    'aria-live': 'polite',
    class: 'visually-hidden',
  });

  root.append(
    element(
      'div',
      { class: 'scene-controls' },
      element('label', {}, element('span', {}, 'Scene'), scene),
      targetLabel,
      fileLabel,
      reset,
      input,
      element('label', {}, element('span', {}, 'Theme'), theme),
      element('label', {}, element('span', {}, 'Size'), scale),
    ),
    element(
      'div',
      { class: 'step-controls', role: 'group', 'aria-label': 'Steps' },
      back,
      next,
      play,
      element(
        'fieldset',
        {},
        element('legend', {}, 'Step by'),
        ...grains.map((radio) => element('label', {}, radio, element('span', {}, radio.value))),
      ),
      element('label', { class: 'scrubber' }, element('span', {}, 'Step'), scrubber),
      seeLabel,
      flip,
      checkLabel,
    ),
    check,
    errorBox,
    narration,
  );
  return {
    scene,
    target,
    targetLabel,
    file,
    reset,
    theme,
    scale,
    input,
    back,
    next,
    play,
    grains,
    see,
    seeLabel,
    flip,
    width,
    checkLabel,
    check,
    scrubber,
    error,
    errorBox,
    dismiss,
    narration,
  };
}

/**
 * The tour: what it says at this stop, its buttons, and a field for the number that it asks for.
 * @param {HTMLElement} root
 * @param {(kind: string, value?: string) => void} intent
 */
export function buildTour(root, intent) {
  const control = (name, label, kind) => {
    const made = button(name, label);
    made.addEventListener('click', () => intent(kind));
    return made;
  };
  const title = element('h2', { class: 'tour-title' });
  const text = element('p', { id: 'backstep-tour', 'aria-live': 'polite', class: 'visually-hidden' });
  const back = control('tour-back', 'Back', 'tour_back');
  const next = control('tour-next', 'Next', 'tour_next');
  const pause = control('tour-pause', 'Pause', 'tour_pause');
  const resume = control('tour-resume', 'Resume', 'tour');
  const skip = control('tour-skip', 'Skip the tour', 'tour_skip');
  const guess = element('input', { name: 'guess', inputmode: 'decimal', autocomplete: 'off', size: 8 });
  const reveal = button('reveal', 'Show it');
  reveal.addEventListener('click', () => intent('reveal'));
  const question = element(
    'form',
    { class: 'question', hidden: true },
    element('label', {}, element('span', {}, 'Your guess'), guess),
    element('button', { name: 'check' }, 'Check'),
    reveal,
  );
  const verdict = element('span', { role: 'status', class: 'visually-hidden' });
  question.addEventListener('submit', (event) => {
    event.preventDefault();
    if (guess.value) intent('guess', guess.value);
    guess.value = '';
  });
  const section = element(
    'section',
    { 'data-backstep': 'tour', 'aria-label': 'Tour', hidden: true },
    title,
    text,
    back,
    next,
    pause,
    resume,
    skip,
  );
  const start = control('tour-start', 'Tour', 'tour');
  root.prepend(section, question, verdict, start);
  return { section, title, text, back, next, pause, resume, skip, question, verdict, start };
}

/**
 * What is done with what is shown, rather than to it.
 * @param {HTMLElement} root
 * @param {(kind: string, value?: string) => void} intent
 */
export function buildErrands(root, intent) {
  const control = (kind, label) => {
    const made = button(kind.replace('_', '-'), label);
    made.addEventListener('click', () => intent(kind, made.value));
    return made;
  };
  const cover = control('cover', 'Cover this number');
  const present = control('present', 'Present');
  const everything = control('everything', 'Show everything');
  const keys = control('keys', 'Keys');
  keys.setAttribute('aria-controls', 'backstep-keys');
  // Read out when it opens: whoever asks for it wants to hear it.
  const list = element('dl', {
    id: 'backstep-keys',
    'aria-label': 'Keys',
    'aria-live': 'polite',
    class: 'visually-hidden',
  });
  const said = element('span', { role: 'status', class: 'visually-hidden' });
  root.append(
    element(
      'div',
      { class: 'scene-controls', role: 'group', 'aria-label': 'Show and share' },
      everything,
      present,
      cover,
      control('copy_link', 'Copy the link'),
      control('copy_formula', 'Copy the formula'),
      control('save_png', 'Save as PNG'),
      control('save_svg', 'Save as SVG'),
      keys,
    ),
    list,
    said,
  );
  return { cover, present, everything, keys, list, said };
}

/**
 * What can be changed: the pinned cell, the learning rate, the brush, breakpoints, and back again.
 * @param {HTMLElement} root
 * @param {(kind: string, value?: string) => void} intent
 */
export function buildEdits(root, intent) {
  const control = (name, label, kind = name) => {
    const made = button(name, label);
    made.addEventListener('click', () => intent(kind));
    return made;
  };
  const number = (name, label, use) => {
    const input = element('input', { name, inputmode: 'decimal', autocomplete: 'off', size: 10 });
    const text = element('span', {}, label);
    input.addEventListener('change', () => use(input.value));
    return { input, text, label: element('label', {}, text, input) };
  };
  const cell = number('pin', 'Cell', (value) => intent('pin', value.trim()));
  const value = number('value', 'Value', (typed) => intent('set', `${cell.input.value}=${typed}`));
  const rate = number('rate', 'Learning rate', (typed) => intent('set', `lr=${typed}`));
  const kernel = element('select', { name: 'kernel', 'aria-label': 'Fill the kernel' });
  offer(kernel, [{ value: '', label: 'Fill the kernel…' }, ...KERNELS.map((name) => ({ value: name, label: name }))]);
  kernel.addEventListener('change', () => {
    if (kernel.value) intent('kernel', `${cell.input.value} ${kernel.value} ${Date.now() % 1e6}`);
    kernel.value = '';
  });
  const watch = button('watch', 'Watch');
  watch.addEventListener('click', () => intent('watch', cell.input.value));
  const stop = button('break', 'Break here');
  stop.addEventListener('click', () => intent('break', cell.input.value));
  const paint = button('paint', 'Paint the input');
  paint.addEventListener('click', () => intent('paint'));
  const undo = control('undo', 'Undo');
  const redo = control('redo', 'Redo');
  const run = control('run', 'Run to the next breakpoint');
  const panel = control('panel', 'Layers and watches');
  const menu = element('div', { role: 'group', 'aria-label': 'Menu of the cell', hidden: true });
  root.append(
    element(
      'div',
      { class: 'edit-controls', role: 'group', 'aria-label': 'Change' },
      cell.label,
      value.label,
      kernel,
      watch,
      stop,
      rate.label,
      paint,
      undo,
      redo,
      run,
      panel,
    ),
    menu,
  );
  return { cell, value, rate, kernel, watch, stop, paint, undo, redo, run, panel, menu };
}

/** @param {ReturnType<typeof buildControls>} controls @param {string} percent one of the usual sizes, or another */
export function showScale({ scale }, percent) {
  const sizes = [...new Set([...SCALES, Number(percent)])].sort((a, b) => a - b);
  offer(
    scale,
    sizes.map((size) => ({ value: String(size), label: `${size} %` })),
  );
  scale.value = percent;
}

/**
 * The field for going to a cell. On the canvas it is called by a key or a button, and then stands alone above it.
 * @param {HTMLElement} root
 * @param {HTMLCanvasElement} canvas gets the keyboard back
 * @param {(kind: string, value?: string) => void} intent
 */
export function buildGoTo(root, canvas, intent) {
  const names = element('datalist', { id: 'backstep-cells' });
  const field = element('input', {
    name: 'go-to',
    list: 'backstep-cells',
    placeholder: 'conv1.y[0,1,1] or a step',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'go',
  });
  const form = element(
    'form',
    { class: 'go' },
    element('label', {}, element('span', {}, 'Go to cell'), field),
    element('button', { name: 'go' }, 'Go'),
    names,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    intent('go', field.value);
    const found = !root.querySelector('[role="alert"]').textContent;
    if (found) field.value = '';
    if (found && root.dataset.field) canvas.focus({ preventScroll: true });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && root.dataset.field) canvas.focus({ preventScroll: true });
  });
  form.addEventListener('focusout', (event) => {
    if (!form.contains(event.relatedTarget)) delete root.dataset.field;
  });
  root.querySelector('.step-controls').after(form);
  return {
    names,
    show() {
      root.dataset.field = 'go';
      field.focus();
      field.select();
    },
  };
}

/**
 * Turns the use of each control into an intent.
 * @param {ReturnType<typeof buildControls>} controls
 * @param {(kind: string, value?: string) => void} intent
 * @param {(files: Iterable<File>) => void} open
 */
export function listenToControls(controls, intent, open) {
  const { scene, target, file, reset, back, next, play, grains, scrubber, see, flip, width, dismiss } = controls;
  const { theme, scale } = controls;
  scene.addEventListener('change', () => intent('scene', scene.value));
  target.addEventListener('change', () => intent('target', target.value));
  file.addEventListener('change', () => {
    open([...file.files]);
    file.value = ''; // so that the same file can be chosen again
  });
  reset.addEventListener('click', () => intent('reset'));
  theme.addEventListener('change', () => intent('theme', theme.value));
  scale.addEventListener('change', () => intent('scale', scale.value));
  back.addEventListener('click', () => intent('back'));
  next.addEventListener('click', () => intent('next'));
  play.addEventListener('click', () => intent(play.dataset.playing === 'true' ? 'pause' : 'play'));
  for (const radio of grains) radio.addEventListener('change', () => intent('grain', radio.value));
  scrubber.addEventListener('input', () => intent('seek', scrubber.value));
  see.addEventListener('change', () => intent('see', see.value));
  flip.addEventListener('click', () => intent('layer', flip.value));
  width.addEventListener('input', () => intent('check_width', width.value));
  dismiss.addEventListener('click', () => intent('dismiss'));
}
