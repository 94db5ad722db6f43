// <backstep-score>: what was answered so far, a link and a file of it.
import { element } from '../../../shell/elements.mjs';
import { groups } from '../catalogue.mjs';
import { BackstepElement, sharedProgress } from './base.mjs';

/** This page's address with the progress in it. */
function addressWith(text) {
  const url = new URL(location.href);
  url.searchParams.set('progress', text);
  return url.href;
}

function save(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export class ScoreElement extends BackstepElement {
  engine = {}; // it needs none

  begin() {
    const progress = sharedProgress();
    const list = element('dl', { class: 'tally' });
    const said = element('p', { class: 'said', role: 'status' });
    const link = element('input', {
      type: 'text',
      readonly: true,
      'aria-label': 'Link with your answers counted',
      hidden: true,
    });
    const button = (text, press) => {
      const made = element('button', { type: 'button' }, text);
      made.addEventListener('click', press);
      return made;
    };
    const count = () =>
      list.replaceChildren(
        ...groups.flatMap(({ title }, i) => {
          const { done, of } = progress.section(i);
          return [element('dt', {}, title), element('dd', {}, i === 2 ? `${done} right` : `${done} of ${of}`)];
        }),
      );
    count();
    progress.listen(count);
    const copy = button('Link with my answers', async () => {
      link.hidden = false;
      link.value = addressWith(progress.toText());
      link.select();
      try {
        await navigator.clipboard.writeText(link.value);
        said.textContent = 'The link is on the clipboard.';
      } catch {
        said.textContent = 'Copy the link from the field.';
      }
    });
    const file = button('Save as JSON', () => save('backstep-progress.json', JSON.stringify(progress, null, 2)));
    const reset = button('Start over', () => {
      progress.reset();
      said.textContent = 'Everything is counted from zero again.';
    });
    this.replaceChildren(
      list,
      element('div', { class: 'row buttons' }, copy, file, reset),
      link,
      said,
      element(
        'p',
        { class: 'note' },
        progress.kept
          ? 'Counted in this browser and sent nowhere. Whoever can read this page can change its count: it is for yourself and proves nothing.'
          : 'This browser keeps nothing for this page: only the link and the file outlive it. Whoever can read them can change them: they prove nothing.',
      ),
    );
  }
}
