// worksheet.html: what the address asks for, once blank and once as the key, and the form that writes such an address.
//   #scene=pocket&blanks=conv1.y,conv1.dw      a preset, or a document in base64url
//   #items=convolve*2,problem-4&seed=7         exercises and problems
//   #quiz=pooling                              a chapter's questions; all three may stand together
import { loadEngine } from '../../engine.mjs';
import { element } from '../../shell/elements.mjs';
import { addressJson } from '../../shell/address.mjs';
import { base64Url } from './elements/base.mjs';
import { loadQuiz } from './elements/quiz.mjs';
import { exerciseView, questionView, sceneView } from './elements/sheet_view.mjs';
import { kinds, problems } from './items.mjs';
import { chapters, fillQuiz } from './quiz.mjs';
import { blankable, exerciseSheet, sceneSheet } from './sheet.mjs';

const MOST_ITEMS = 12;
const form = document.querySelector('form');
const sheet = document.querySelector('#sheet');
const said = document.querySelector('#said');
const engine = await loadEngine();
const presets = engine.presets();

/** "convolve*2,problem-4" */
function parseItems(text) {
  return text
    .split(',')
    .filter(Boolean)
    .map((part) => {
      const [, name, count = '1'] = /^([a-z0-9-]+)(?:\*(\d{1,2}))?$/.exec(part) ?? [];
      const known = [...kinds, ...problems].some(({ id }) => id === name);
      if (!known || Number(count) > MOST_ITEMS)
        throw new Error(`“${part}” is no exercise; up to ${MOST_ITEMS} of one kind fit`);
      return { name, count: Number(count) };
    });
}

function parseSeed(text = '1') {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`a seed is a whole number, not “${text}”`);
  return Number(text);
}

/** The parts of the sheet, each a function of whether it is the key. */
async function partsOf({ scene, blanks = '', items = '', seed, quiz }) {
  const parts = [];
  if (scene !== undefined) {
    const made = sceneSheet(engine, scene, blanks.split(',').filter(Boolean));
    parts.push((key) => sceneView(made, 1, key));
  }
  for (const made of exerciseSheet(engine, parseItems(items), parseSeed(seed))) {
    const number = parts.length + 1;
    parts.push((key) => exerciseView(made, number, key));
  }
  for (const question of quiz === undefined ? [] : fillQuiz(engine, await loadQuiz(quiz))) {
    const number = parts.length + 1;
    parts.push((key) => questionView(question, number, key));
  }
  return parts;
}

async function draw() {
  const asked = JSON.parse(addressJson(location.hash));
  try {
    const parts = await partsOf(asked);
    said.textContent = parts.length ? '' : 'Choose what is to be on the sheet.';
    const line = (text) => element('span', {}, text);
    sheet.replaceChildren(
      element(
        'header',
        { class: 'title' },
        element('h1', {}, 'Worksheet'),
        element('p', { class: 'who' }, line('Name'), line('Date')),
      ),
      ...parts.map((part) => part(false)),
      element('header', { class: 'title key' }, element('h1', {}, 'Answer key')),
      ...parts.map((part) => part(true)),
    );
    sheet.hidden = parts.length === 0;
  } catch (error) {
    sheet.hidden = true;
    said.textContent = error.message;
  }
  return asked;
}

const option = (value, text) => element('option', { value }, text);
const tick = (name, value, text) =>
  element('label', {}, element('input', { type: 'checkbox', name, value }), element('span', {}, text));

/** The boxes for what may be left blank follow the scene. */
function offerBlanks(scene, ticked) {
  const place = form.querySelector('#blanks');
  let list = [];
  try {
    list = scene ? blankable(engine, scene) : [];
  } catch {
    // said by the sheet
  }
  place.replaceChildren(...list.map(({ name, label }) => tick('blanks', name, label)));
  for (const box of place.querySelectorAll('input')) box.checked = ticked.includes(box.value);
}

function fillForm({ scene = '', blanks = '', items = '', seed = '1', quiz = '' }) {
  const own = scene && !presets.some(({ name }) => name === scene);
  form.elements.scene.replaceChildren(
    option('', 'none'),
    ...presets.map(({ name, title }) => option(name, title)),
    ...(own ? [option(scene, 'from the address')] : []),
  );
  form.elements.scene.value = scene;
  offerBlanks(scene, blanks.split(','));
  form.elements.quiz.replaceChildren(
    option('', 'none'),
    ...chapters.map((chapter) => option(chapter, chapter.replaceAll('-', ' '))),
  );
  form.elements.quiz.value = quiz;
  form.elements.seed.value = seed;
  const place = form.querySelector('#items');
  place.replaceChildren(...[...kinds, ...problems].map(({ id, title }) => tick('items', id, title)));
  const ticked = items.split(',').map((part) => part.split('*'));
  form.elements.count.value = ticked.find(([, count]) => count)?.[1] ?? '1';
  for (const box of place.querySelectorAll('input')) box.checked = ticked.some(([name]) => name === box.value);
}

/** The address that the form stands for. */
function addressOf() {
  const values = new FormData(form);
  const count = Number(values.get('count'));
  const names = values.getAll('items');
  const isKind = (name) => kinds.some(({ id }) => id === name);
  const scene = values.get('scene');
  return new URLSearchParams({
    ...(scene && {
      scene: scene.startsWith('{') ? base64Url(scene) : scene,
      blanks: values.getAll('blanks').join(','),
    }),
    ...(names.length && {
      items: names.map((name) => (count > 1 && isKind(name) ? `${name}*${count}` : name)).join(','),
      seed: values.get('seed'),
    }),
    ...(values.get('quiz') && { quiz: values.get('quiz') }),
  });
}

form.addEventListener('change', ({ target }) => {
  if (target.name === 'scene') offerBlanks(target.value, []);
  history.replaceState(history.state, '', `#${addressOf()}`);
  draw();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  print();
});
addEventListener('hashchange', async () => fillForm(await draw()));
fillForm(await draw());
document.documentElement.dataset.ready = '';
