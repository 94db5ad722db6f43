// "Predict first": a stop that covers a number asks for it in the text; the engine judges, and its verdict comes back with
// the mirror's fields. The answer's paragraph shows once the number is known, and the number stays known.

/** @param {HTMLElement[]} sections */
export function listenToAnswers(sections) {
  const questions = sections
    .map((section) => ({
      stop: section.dataset.stop,
      caption: section.dataset.caption,
      form: section.querySelector('form.question'),
      verdict: section.querySelector('.verdict'),
      answer: section.querySelector('.answer'),
      known: false,
    }))
    .filter(({ form }) => form);
  for (const { answer } of questions) answer.hidden = true;
  let intent;
  let judged; // the question whose guess the engine has been given

  /** What the program says at the stop: the verdict, and then the stop's own text. */
  function tell({ caption, verdict }, said) {
    verdict.textContent = said.replace(caption, '').trim();
    verdict.hidden = verdict.textContent === '';
  }

  return {
    /** @param {import('../../shell/mirror.mjs').MirrorFields} fields */
    changed({ stop, tour, asked = '', tour_text = '' }) {
      const question = questions.find((one) => one.stop === stop);
      if (!question || tour !== 'running') return;
      const covered = asked !== '';
      // Whoever comes back to an answered question is not asked again.
      if (covered && question.known) return queueMicrotask(() => intent?.('reveal'));
      question.known = !covered;
      question.form.hidden = !covered;
      question.answer.hidden = covered;
      if (judged === question) tell(question, tour_text);
      judged = undefined;
    },
    /** @param {(kind: string, value?: string) => void} to  the program */
    drive(to) {
      intent = to;
      for (const question of questions) {
        const { stop, form } = question;
        const here = () => form.closest('.current') || intent('tour_stop', stop);
        form.addEventListener('submit', (event) => {
          event.preventDefault();
          here();
          judged = question;
          intent('guess', form.elements.guess.value);
          form.elements.guess.value = '';
        });
        form.elements.reveal.addEventListener('click', () => {
          here();
          intent('reveal');
        });
        form.hidden = false;
      }
    },
  };
}
