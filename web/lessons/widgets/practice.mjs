// An exercise from a seed in a chapter: ::: widget practice {"kind": "convolve"}
import '../practice/index.mjs';
import { element } from '../../shell/elements.mjs';

export function fill(place, { kind, seed }, { engine }) {
  const exercise = element('backstep-practice', { kind, ...(seed !== undefined && { seed }), '.engine': engine });
  place.replaceChildren(exercise);
  return exercise.ready;
}
