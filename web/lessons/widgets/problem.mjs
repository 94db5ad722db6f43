// A worked example or practice problem in a chapter: ::: widget problem {"name": "example-1"}
import '../practice/index.mjs';
import { element } from '../../shell/elements.mjs';

export function fill(place, { name }, { engine }) {
  const problem = element('backstep-problem', { name, '.engine': engine });
  place.replaceChildren(problem);
  return problem.ready;
}
