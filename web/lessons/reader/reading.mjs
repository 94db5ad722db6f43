// Reading drives the canvas: the stop whose paragraph is at the reading line is shown, until the reader takes the canvas
// in hand; then it is his until he asks for it to come back.

const LEAD = 40; // pixels from a paragraph's beginning to the reading line
const QUIET_MILLISECONDS = 120; // paragraphs that only fly past are not shown

/** The part of the window, from its top, above the line on which one reads. */
function readingLine() {
  const canvas = document.querySelector('.canvas').getBoundingClientRect();
  // On a phone the canvas stands above the text and covers what is behind it.
  const covered = canvas.left < 10 && canvas.width > innerWidth - 20 ? canvas.bottom : 0;
  return covered + (innerHeight - covered) * 0.33;
}

/** The last stop that begins above the line. */
function stopAtLine(sections) {
  const line = readingLine();
  const above = sections.filter((section) => section.getBoundingClientRect().top <= line);
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return (atEnd ? sections.at(-1) : (above.at(-1) ?? sections[0]))?.dataset.stop;
}

const isTyping = (target) => target.closest?.('input, select, textarea, [contenteditable]') !== null;

/** @param {HTMLElement[]} sections  the stops in their order */
export function followReading(sections) {
  const bar = document.querySelector('.reading');
  const place = bar.querySelector('.place');
  const back = bar.querySelector('[name="back"]');
  const next = bar.querySelector('[name="next"]');
  const resume = bar.querySelector('[name="resume"]');
  let intent;
  const switches = [...document.querySelectorAll('[data-go]')];
  let stop; // the paragraph's
  let shown; // the program's: the paragraph's own or a variant of it, which a switch beside the text chose
  let free = false;
  let aim; // the paragraph that we are scrolling to: what comes past on the way is not read
  let timer = 0;

  const wayTo = (section) => section.getBoundingClientRect().top - readingLine() + LEAD;

  function bringIntoView(section, { atOnce = false } = {}) {
    aim = section;
    const quick = atOnce || matchMedia('(prefers-reduced-motion: reduce)').matches;
    scrollBy({ top: wayTo(section), behavior: quick ? 'instant' : 'smooth' });
  }

  function mark() {
    for (const section of sections) section.classList.toggle('current', section.dataset.stop === stop);
    for (const button of switches) button.setAttribute('aria-pressed', String(button.dataset.go === shown));
    place.textContent = `${stop} of ${sections.length}`;
    back.disabled = stop === '1';
    next.disabled = Number(stop) === sections.length;
    bar.dataset.free = free;
    resume.hidden = !free;
  }

  const read = () => {
    if (aim && Math.abs(wayTo(aim)) > LEAD) return;
    aim = undefined;
    const wanted = stopAtLine(sections);
    if (!free && wanted && wanted !== stop) intent?.('tour_stop', wanted);
  };
  const go = (by) => {
    const to = sections[Number(stop) - 1 + by];
    if (!to) return;
    intent('tour_stop', to.dataset.stop);
    bringIntoView(to);
  };

  return {
    /** The number of the stop that is shown. */
    get stop() {
      return stop;
    },
    /** @param {import('../../shell/mirror.mjs').MirrorFields} fields */
    changed(fields) {
      free = fields.tour !== 'running';
      shown = fields.stop ?? shown;
      const moved = shown !== stop && Number(shown) <= sections.length;
      if (moved) stop = shown;
      if (!stop) return;
      mark();
      // Next on the canvas takes the text along.
      if (moved && !free && document.activeElement?.id === 'canvas') bringIntoView(sections[Number(stop) - 1]);
    },
    /** @param {(kind: string, value?: string) => void} to  the program */
    drive(to) {
      intent = to;
      addEventListener(
        'scroll',
        () => {
          clearTimeout(timer);
          timer = setTimeout(read, QUIET_MILLISECONDS);
        },
        { passive: true },
      );
      for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
        addEventListener(type, () => (aim = undefined), { capture: true, passive: true });
      back.addEventListener('click', () => go(-1));
      next.addEventListener('click', () => go(1));
      for (const button of switches) {
        button.parentElement.hidden = false;
        button.addEventListener('click', () => {
          aim = button.closest('.stop') ?? aim; // that is where the reader is, wherever the page stands
          intent('tour_stop', button.dataset.go);
        });
      }
      resume.addEventListener('click', () => intent('tour_stop', stop));
      document.addEventListener('keydown', (event) => {
        if (event.target.id === 'canvas' || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)
          return;
        if (event.key === 'ArrowRight') go(1);
        else if (event.key === 'ArrowLeft') go(-1);
        else if (event.key === 't' || event.key === 'T') intent('tour_stop', stop);
        else return;
        event.preventDefault();
      });
      bar.hidden = false;
      // What stood in the way of the script has gone from the page, so the browser's place is no longer the paragraph's.
      const named = sections.find((section) => `#${section.id}` === location.hash);
      if (named) bringIntoView(named, { atOnce: true });
      else read();
    },
  };
}
