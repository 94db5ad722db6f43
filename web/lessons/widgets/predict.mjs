// A number to predict: ::: widget predict {"scene": "row", "cell": "conv1.dx[0,0,2]", "ask": "…"}
import '../practice/index.mjs';
import { element } from '../../shell/elements.mjs';

export function fill(place, question, { engine }) {
  const field = element('backstep-predict', { '.engine': engine, '.question': question });
  place.replaceChildren(field);
  return field.ready;
}
