// A chapter: its words beside the canvas, and the canvas at the paragraph that is read. The program is the page's own;
// the chapter's stops are a playlist, and everything said to it is an intent.
import { startPage } from '../../shell/start.mjs';
import { listenToAnswers } from './answers.mjs';
import { followReading } from './reading.mjs';
import { fillWidgets } from './widgets.mjs';

const playlist = document.querySelector('#playlist').textContent;
const sections = [...document.querySelectorAll('.stop')];
const stopOf = (id) => sections.find((section) => section.id === id)?.dataset.stop;

/** The address names the paragraph; the program is told its stop. */
const addressJson = (hash) =>
  JSON.stringify({ playlist, stop: stopOf(decodeURIComponent(hash.slice(1))) ?? reading.stop ?? '1' });

/** While the canvas is free, or shows a variant, the address stays at the paragraph. */
const addressHash = ({ overrides: { stop } }) => `#${sections[stop - 1]?.id ?? location.hash.slice(1)}`;

const reading = followReading(sections);
const answers = listenToAnswers(sections);

document.documentElement.dataset.running = 'starting';
const program = await startPage({
  addressJson,
  addressHash,
  changed(fields) {
    reading.changed(fields);
    answers.changed(fields);
  },
});
if (program) {
  document.documentElement.dataset.running = 'yes';
  const intent = (kind, value) => program.intent(kind, value);
  reading.drive(intent);
  answers.drive(intent);
  // An exercise on the canvas: the canvas is the reader's then, until he goes back to the text.
  document.addEventListener('backstep-show', (event) => {
    event.preventDefault();
    program.address(JSON.stringify(event.detail));
    document.querySelector('#canvas').focus({ preventScroll: true });
  });
} else {
  document.documentElement.dataset.running = 'no'; // the pictures take the canvas's place
}
fillWidgets(document, (stop) => program?.intent('tour_stop', stop));
