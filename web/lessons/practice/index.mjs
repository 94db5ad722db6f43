// Exercises, problems, quizzes and scores as elements: import this once.
import { PracticeElement } from './elements/practice.mjs';
import { PredictElement } from './elements/predict.mjs';
import { ProblemElement } from './elements/problem.mjs';
import { QuizElement } from './elements/quiz.mjs';
import { ScoreElement } from './elements/score.mjs';

const all = {
  'backstep-practice': PracticeElement,
  'backstep-problem': ProblemElement,
  'backstep-predict': PredictElement,
  'backstep-quiz': QuizElement,
  'backstep-score': ScoreElement,
};
for (const [name, Class] of Object.entries(all)) if (!customElements.get(name)) customElements.define(name, Class);
