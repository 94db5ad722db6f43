// A chapter's questions: ::: widget quiz {"chapter": "pooling"}
import '../practice/index.mjs';
import { element } from '../../shell/elements.mjs';

export function fill(place, { chapter }, { engine }) {
  const quiz = element('backstep-quiz', { chapter, '.engine': engine });
  place.replaceChildren(quiz);
  return quiz.ready;
}
