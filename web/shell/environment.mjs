// How things are to be shown: what the reader's system asks for, and whether another page is around this one.

// The bits of web/api/exports.cpp.
const EMBEDDED = 16;
const BESIDE = 32;
const QUERIES = [
  [1, '(prefers-color-scheme: dark)'],
  [2, '(prefers-contrast: more)'],
  [4, '(prefers-reduced-motion: reduce)'],
  [8, '(pointer: coarse)'],
];

/** @param {import('./program.mjs').Program} program */
export function followEnvironment(program) {
  const { embedded, beside } = document.body.dataset;
  const page = (embedded === undefined ? 0 : EMBEDDED) | (beside === undefined ? 0 : BESIDE);
  const queries = QUERIES.map(([bit, query]) => ({ bit, media: matchMedia(query) }));
  const tell = () =>
    program.environment(queries.reduce((bits, { bit, media }) => bits | (media.matches ? bit : 0), page));
  for (const { media } of queries) media.addEventListener('change', tell);
  tell();
}
