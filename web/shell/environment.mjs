// How the reader's system wants to be shown things: light or dark, contrast, motion, pointer.

// The bits of web/api/exports.cpp.
const QUERIES = [
  [1, '(prefers-color-scheme: dark)'],
  [2, '(prefers-contrast: more)'],
  [4, '(prefers-reduced-motion: reduce)'],
  [8, '(pointer: coarse)'],
];

/** @param {import('./program.mjs').Program} program */
export function followEnvironment(program) {
  const queries = QUERIES.map(([bit, query]) => ({ bit, media: matchMedia(query) }));
  const tell = () => program.environment(queries.reduce((bits, { bit, media }) => bits | (media.matches ? bit : 0), 0));
  for (const { media } of queries) media.addEventListener('change', tell);
  tell();
}
