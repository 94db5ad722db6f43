// practice.html: one exercise, problem or quiz at a time, named by the address, beside a canvas that opens when one asks for
// it.
//   #practice=convolve&seed=7    #problem=example-1    #quiz=pooling
import { element } from '../../shell/elements.mjs';
import { base64Url } from './elements/base.mjs';
import './index.mjs';
import { kinds, problems } from './items.mjs';
import { chapters } from './quiz.mjs';

const select = document.querySelector('[name="what"]');
const place = document.querySelector('#place');
const beside = document.querySelector('.beside');
const frame = beside.querySelector('iframe');

const titled = (chapter) => (chapter[0].toUpperCase() + chapter.slice(1)).replaceAll('-', ' ');
const groups = [
  { key: 'practice', label: 'Practice', list: kinds.map(({ id, title }) => [id, title]), attribute: 'kind' },
  {
    key: 'problem',
    label: 'Examples and problems',
    list: problems.map(({ id, title }) => [id, title]),
    attribute: 'name',
  },
  { key: 'quiz', label: 'Quiz', list: chapters.map((chapter) => [chapter, titled(chapter)]), attribute: 'chapter' },
];

select.append(
  ...groups.map(({ key, label, list }) =>
    element(
      'optgroup',
      { label },
      ...list.map(([name, title]) => element('option', { value: `${key}=${name}` }, title)),
    ),
  ),
);

/** What the address asks for; the first exercise where it asks for nothing that there is. */
function asked() {
  const address = new URLSearchParams(location.hash.slice(1));
  const group = groups.find(({ key, list }) => list.some(([name]) => name === address.get(key))) ?? groups[0];
  const name = address.get(group.key) ?? group.list[0][0];
  const seed = address.get('seed');
  return { ...group, name, ...(seed !== null && group.key === 'practice' && { seed }) };
}

function show() {
  const { key, attribute, name, seed } = asked();
  select.value = `${key}=${name}`;
  const made = element(`backstep-${key}`, { [attribute]: name, ...(seed !== undefined && { seed }) });
  place.replaceChildren(made);
  made.addEventListener('backstep-seed', ({ detail }) =>
    history.replaceState(history.state, '', `#practice=${name}&seed=${detail.seed}`),
  );
}

select.addEventListener('change', () => (location.hash = `#${select.value}`));
addEventListener('hashchange', show);
addEventListener('backstep-show', (event) => {
  event.preventDefault();
  const address = new URLSearchParams({ ...event.detail, scene: base64Url(event.detail.scene) });
  frame.src = `embed.html#${address}`; // the same page with another fragment: nothing is loaded anew
  beside.hidden = false;
  document.documentElement.dataset.beside = '';
  beside.scrollIntoView({ block: 'nearest' });
});

document.querySelector('#score').append(element('backstep-score'));
show();
