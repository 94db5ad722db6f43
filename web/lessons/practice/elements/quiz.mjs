// <backstep-quiz chapter="pooling">: the questions of a chapter. Each option, right or wrong, has its reason.
import { element } from '../../../shell/elements.mjs';
import { questionName } from '../catalogue.mjs';
import { chapters, fillQuiz, judgeChoice } from '../quiz.mjs';
import { siteUrl } from '../site.mjs';
import { BackstepElement, sharedProgress, tellAnswer } from './base.mjs';

export async function loadQuiz(chapter) {
  if (!chapters.includes(chapter)) throw new Error(`there is no quiz “${chapter}”`);
  const response = await fetch(siteUrl(`lesson/practice/quiz/${chapter}.json`));
  if (!response.ok) throw new Error(`the quiz could not be read: ${response.status}`);
  return response.json();
}

export class QuizElement extends BackstepElement {
  async begin(engine) {
    const chapter = this.getAttribute('chapter');
    const questions = fillQuiz(engine, await loadQuiz(chapter));
    this.replaceChildren(
      element(
        'ol',
        { class: 'quiz' },
        ...questions.map((question, i) => this.#question(question, questionName(chapter, i))),
      ),
    );
  }

  #question(question, name) {
    const said = element('p', { class: 'verdict', role: 'status' });
    let open = true;
    const options = question.options.map(({ text }, i) => {
      const button = element('button', { type: 'button', class: 'option', 'aria-pressed': 'false' }, text);
      button.addEventListener('click', () => {
        const { right, says } = judgeChoice(question, i);
        for (const other of options) other.setAttribute('aria-pressed', String(other === button));
        button.dataset.state = right ? 'right' : 'wrong';
        said.dataset.state = button.dataset.state;
        said.replaceChildren(element('strong', {}, right ? 'Right.' : 'Not quite.'), ` ${says}`);
        if (open) sharedProgress().record(name, right);
        if (right) open = false;
        tellAnswer(this, { item: name, seed: null, given: i, right, hint: right ? null : `option-${i + 1}` });
      });
      return button;
    });
    const ask = element('p', { class: 'ask', id: `${name}-ask` }, question.ask);
    const group = element(
      'div',
      { role: 'group', 'aria-labelledby': ask.id },
      ask,
      element('div', { class: 'options' }, ...options),
      said,
    );
    return element('li', {}, group);
  }
}
