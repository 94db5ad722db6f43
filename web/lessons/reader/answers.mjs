// "Predict first": a stop that covers a number asks for it in the text; the engine judges, and its verdict comes back with
// the mirror's fields. The answer's paragraph shows once the number is known.

/** @param {HTMLElement[]} sections */
export function listenToAnswers(sections) {
  const questions = sections
    .map((section) => ({
      section,
      form: section.querySelector('form.question'),
      answer: section.querySelector('.answer'),
    }))
    .filter(({ form }) => form);
  let intent;
  let pending; // the question whose guess is being judged
  const at = (stop) => questions.find(({ section }) => section.dataset.stop === stop);

  return {
    /** @param {import('../../shell/mirror.mjs').MirrorFields} fields */
    changed({ stop, tour, asked = '', tour_text = '' }) {
      const question = at(stop);
      if (!question || tour !== 'running') return;
      const { form, answer } = question;
      const known = asked === '';
      form.hidden = known;
      answer.hidden = !known;
      if (pending !== question) return;
      pending = undefined;
      form.querySelector('output').textContent = known
        ? ''
        : tour_text.replace(question.section.dataset.title ?? '', '');
      if (known)
        answer.querySelector('p')?.prepend(Object.assign(document.createElement('strong'), { textContent: 'Right. ' }));
    },
    /** @param {(kind: string, value?: string) => void} to  the program */
    drive(to) {
      intent = to;
      for (const question of questions) {
        const { section, form } = question;
        const ready = () => section.classList.contains('current') || intent('tour_stop', section.dataset.stop);
        form.addEventListener('submit', (event) => {
          event.preventDefault();
          ready();
          pending = question;
          intent('guess', form.elements.guess.value);
        });
        form.elements.reveal.addEventListener('click', () => {
          ready();
          intent('reveal');
        });
      }
    },
  };
}
