// <backstep-problem name="example-1">: a worked example or practice problem of the lesson.
import { element } from '../../../shell/elements.mjs';
import { problemItem } from '../items.mjs';
import { AnswerForm } from './answer_form.mjs';
import { BackstepElement, sharedProgress } from './base.mjs';

export class ProblemElement extends BackstepElement {
  begin(engine) {
    const item = problemItem(engine, this.getAttribute('name'));
    const onAnswer = (right) => sharedProgress().record(item.kind, right);
    this.replaceChildren(
      element('div', { class: 'head' }, element('strong', {}, item.title)),
      new AnswerForm(this, engine, item, { onAnswer }).node,
    );
  }
}
