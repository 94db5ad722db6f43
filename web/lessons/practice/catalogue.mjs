// Everything that can be answered, by name, in the order in which a link with progress counts it: new names go to the end of
// their group.
import { kinds, problems } from './items.mjs';
import { chapters } from './quiz.mjs';

/** How many questions a chapter's quiz may have before links with progress would change their meaning. */
export const MOST_QUESTIONS = 8;

export const questionName = (chapter, index) => `${chapter}-quiz-${index + 1}`;

export const groups = [
  { title: 'Practice', names: kinds.map(({ id }) => id) },
  { title: 'Examples and problems', names: problems.map(({ id }) => id) },
  {
    title: 'Quiz',
    names: chapters.flatMap((chapter) => Array.from({ length: MOST_QUESTIONS }, (_, i) => questionName(chapter, i))),
  },
];
