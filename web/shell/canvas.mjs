// The canvas as a guest in its page: it knows its size and whether it is seen, and takes keys, wheel and touch only
// while it has the focus, and of those only what it has a use for. Whatever is not its own never reaches SDL, which
// would keep it from the browser: these listeners stand in front of it, on the way down to the canvas.

/** @typedef {import('./program.mjs').Program} Program */

const NAMED_KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Enter',
  'Escape',
  'ContextMenu',
]);
const TYPED_KEYS = /^[ ?/+=tpfsmgrlvz]$/i;
// Alone they do nothing, but SDL has to know that they are down.
const MODIFIERS = new Set(['Shift', 'Control', 'Meta', 'Alt']);
const STEPS = new Set(['ArrowUp', 'ArrowDown']);
const DIGITS = /^[-0-9.,]$/;

/** @param {KeyboardEvent} event @param {Program} program */
function isOurs(event, program) {
  if (event.isComposing) return false;
  if (MODIFIERS.has(event.key)) return true;
  // Undo and redo are all we have of the shortcuts; the others are the browser's.
  if (event.ctrlKey || event.metaKey) return !event.altKey && ['z', 'y'].includes(event.key.toLowerCase());
  if (event.altKey && !event.getModifierState('AltGraph')) return STEPS.has(event.key) && program.takesDigits();
  if (event.key === 'F10') return event.shiftKey;
  // Where no number is asked for, two of them are sizes of the page.
  if (event.key !== '-' && event.key !== '0' && (DIGITS.test(event.key) || event.key === 'Backspace')) {
    return program.takesDigits();
  }
  return NAMED_KEYS.has(event.key) || TYPED_KEYS.test(event.key) || DIGITS.test(event.key);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Program} program
 */
function filterKeys(canvas, program) {
  for (const type of ['keydown', 'keyup', 'keypress']) {
    canvas.parentElement.addEventListener(
      type,
      (event) => {
        if (event.target !== canvas) return;
        if (!isOurs(event, program)) event.stopPropagation();
        // Page keys would scroll as well. Keys that type keep their default, without which they would not.
        else if (NAMED_KEYS.has(event.key) || ['Backspace', 'F10'].includes(event.key)) event.preventDefault();
      },
      { capture: true },
    );
  }
  canvas.addEventListener('focus', () => program.focus(true));
  canvas.addEventListener('blur', () => program.focus(false));
}

const hasFocus = (canvas) => document.activeElement === canvas;

/** Whether the page is all ours: in no frame, with nothing to scroll or to pan. */
function isAlone() {
  const { scrollWidth, scrollHeight } = document.scrollingElement;
  const whole = scrollWidth <= innerWidth && scrollHeight <= innerHeight && (window.visualViewport?.scale ?? 1) === 1;
  return window === window.top && whole;
}

/** Where an event or a touch is on the canvas, in CSS pixels. */
function placeOn(canvas, { clientX, clientY }) {
  const { left, top } = canvas.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/** @param {HTMLCanvasElement} canvas @param {Program} program */
function filterWheel(canvas, program) {
  canvas.parentElement.addEventListener(
    'wheel',
    (event) => {
      // With Ctrl it is the browser's zoom, a pinch on a touch pad included.
      const ours = hasFocus(canvas) && !event.ctrlKey && program.takesWheel(...placeOn(canvas, event));
      if (!ours) event.stopPropagation();
    },
    { capture: true, passive: true },
  );
}

/**
 * A finger belongs to the page, which scrolls and zooms, unless it goes down alone, on a canvas that has the focus, where
 * something can be dragged or held. A tap reaches us either way: the browser makes a click of it. A page that is all
 * ours and has nothing to scroll gives the canvas the focus with the first finger, or the first long press would be lost.
 * @param {HTMLCanvasElement} canvas
 * @param {Program} program
 */
function filterTouch(canvas, program) {
  let taken = false;
  const filter = (event) => {
    if (event.type === 'touchstart' && event.touches.length === 1) {
      if (event.target === canvas && isAlone()) canvas.focus({ preventScroll: true });
      taken = hasFocus(canvas) && program.takesPress(...placeOn(canvas, event.touches[0]));
    }
    if (!taken || event.touches.length > 1) event.stopPropagation();
  };
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel']) {
    canvas.parentElement.addEventListener(type, filter, { capture: true, passive: true });
  }
}

/**
 * Two fingers on grids that can be enlarged: they go through the levels; anywhere else they are the browser's zoom.
 * @param {HTMLCanvasElement} canvas
 * @param {Program} program
 */
function followPinch(canvas, program) {
  const LEVEL = 1.3; // how much farther apart the fingers go for one level
  let apart = 0; // at the last level; 0: no pinch of ours
  const distance = ({ touches: [a, b] }) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const begin = (event) => {
    const ours =
      event.touches.length === 2 &&
      hasFocus(canvas) &&
      [...event.touches].every((touch) => program.takesWheel(...placeOn(canvas, touch)));
    apart = ours ? distance(event) : 0;
    if (ours) event.preventDefault();
  };
  const move = (event) => {
    if (apart === 0) return;
    event.preventDefault();
    const now = distance(event);
    if (now < apart * LEVEL && now > apart / LEVEL) return;
    program.intent(now > apart ? 'zoom_in' : 'zoom_out');
    apart = now;
  };
  const parent = canvas.parentElement;
  parent.addEventListener('touchstart', begin, { capture: true, passive: false });
  parent.addEventListener('touchmove', move, { capture: true, passive: false });
  parent.addEventListener('touchend', begin, { capture: true, passive: false });
}

/** @param {HTMLCanvasElement} canvas @param {Program} program */
function followMouse(canvas, program) {
  canvas.addEventListener('pointerdown', (event) => {
    // A drag goes on outside the canvas.
    if (event.pointerType === 'mouse') canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('mousedown', () => canvas.focus({ preventScroll: true }));
  canvas.addEventListener('contextmenu', (event) => {
    // A key asks for it too, and then the program has its own.
    if (event.button !== 2 || program.takesPress(...placeOn(canvas, event))) event.preventDefault();
  });
}

/**
 * Device pixels of an extent. Only the browser knows how it rounds a fractional one on the screen; but where it imitates
 * another screen it gives the pixels of the real one, and then the product counts.
 * @param {number} css
 * @param {number | undefined} exact
 */
function devicePixels(css, exact) {
  const product = css * devicePixelRatio;
  return exact !== undefined && Math.abs(exact - product) <= 1 ? exact : Math.round(product);
}

/** Width and height in device pixels, as near as they can be known before the browser has drawn. */
const canvasPixels = ({ clientWidth, clientHeight }) => [devicePixels(clientWidth), devicePixels(clientHeight)];

/**
 * Makes the context that the program will draw with; nothing where the browser gives none.
 * @param {HTMLCanvasElement} canvas
 */
export function openContext(canvas) {
  [canvas.width, canvas.height] = canvasPixels(canvas);
  // The attributes of web/platform/window.cpp.
  return canvas.getContext('webgl2', {
    alpha: false,
    depth: false,
    stencil: false,
    antialias: false,
    powerPreference: 'low-power',
  });
}

/**
 * Tells the program the canvas's size in device pixels: exactly those the screen has, at every zoom.
 * @param {HTMLCanvasElement} canvas
 * @param {Program} program
 */
function followSize(canvas, program) {
  let told = '';
  const tell = (...size) => {
    if (String(size) === told || size.some((extent) => extent <= 0)) return;
    told = String(size);
    program.resize(...size);
  };
  const measure = ([entry]) => {
    const css = entry.contentBoxSize[0];
    const exact = entry.devicePixelContentBoxSize?.[0];
    const width = devicePixels(css.inlineSize, exact?.inlineSize);
    const height = devicePixels(css.blockSize, exact?.blockSize);
    tell(width, height, devicePixelRatio);
  };
  // The observer speaks at the end of a frame, and the first one would be empty.
  tell(...canvasPixels(canvas), devicePixelRatio);
  const observer = new ResizeObserver(measure);
  const observe = () => {
    observer.disconnect();
    try {
      observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(canvas); // Safari
    }
  };
  // A zoom may change the ratio and leave the size in device pixels as it was.
  const followRatio = () => {
    observe();
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', followRatio, { once: true });
  };
  followRatio();
}

/** @param {HTMLCanvasElement} canvas @param {Program} program */
function followVisibility(canvas, program) {
  let inView = true;
  const tell = () => program.show(inView && !document.hidden);
  new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    tell();
  }).observe(canvas);
  document.addEventListener('visibilitychange', tell);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Program} program
 */
export function attachCanvas(canvas, program) {
  filterKeys(canvas, program);
  filterWheel(canvas, program);
  followPinch(canvas, program);
  filterTouch(canvas, program);
  followMouse(canvas, program);
  followSize(canvas, program);
  followVisibility(canvas, program);
}
