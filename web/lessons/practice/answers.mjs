// What people type as a number, and what an answer is worth.

const grouped = /^\d{1,3}([,.'’\s]\d{3})+$/;

/**
 * "−2", "1,5", "3/4", "1,792" where whole numbers are asked for, "12.7 %", and the names of a field's own values (α).
 * @param {string} text
 * @param {{whole?: boolean, names?: Record<string, number>}} [field]
 * @returns {number} NaN for what is no number
 */
export function parseNumber(text, { whole = false, names = {} } = {}) {
  const typed = text.trim().replaceAll('\u2212', '-');
  if (Object.hasOwn(names, typed.toLowerCase())) return names[typed.toLowerCase()];
  if (whole && grouped.test(typed)) return Number(typed.replace(/\D/g, ''));
  const plain = typed.replace(',', '.').replace(/\s*%$/, '');
  const fraction = /^([+-]?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(plain);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** The field of each number of an answer. @param {import('./items.mjs').Item} item */
export const fieldsOf = ({ fields }) =>
  fields.flatMap((field) => Array(field.size ? field.size[0] * field.size[1] : 1).fill(field));

/** Whether each number is what the engine computed. */
const compare = (item, given) =>
  fieldsOf(item).map(({ tolerance = 0 }, i) => Math.abs(given[i] - item.right[i]) <= tolerance);

/** A mistake explains an answer when every wrong number of it is the number that the mistake makes. */
const explains = (answer, given, cells) => cells.every((ok, i) => ok || given[i] === answer[i]);

/** "row 1, column 0 of ∂L/∂X", "Rows" */
function placeOf(item, index) {
  let before = 0;
  for (const { label, size } of item.fields) {
    const count = size ? size[0] * size[1] : 1;
    if (index < before + count) {
      if (count === 1) return label;
      const at = index - before;
      return `row ${Math.floor(at / size[1])}, column ${at % size[1]} of ${label}`;
    }
    before += count;
  }
  return '';
}

/** Says where to look, where no known mistake explains an answer. */
function firstWrong(item, cells) {
  const at = cells.indexOf(false);
  const place = placeOf(item, at);
  const rest = cells.filter((ok) => !ok).length - 1;
  const more = rest > 0 ? ` ${rest} more ${rest === 1 ? 'is' : 'are'} not right yet either.` : '';
  const terms = item.termsOf?.(at);
  if (terms === undefined) return `Look again at “${place}”.${more}`;
  const meet = terms === 0 ? 'nothing reaches it' : terms === 1 ? 'a single term makes it' : `${terms} terms make it`;
  return `Look again at ${place}: ${meet}.${more}`;
}

/**
 * @param {import('./items.mjs').Item} item
 * @param {number[]} given NaN where nothing, or no number, was typed
 * @returns {{right: boolean, cells: boolean[], hint?: {id: string, says: string}}}
 */
export function judge(item, given) {
  const cells = compare(item, given);
  if (cells.every(Boolean)) return { right: true, cells };
  // A mistake that makes the whole answer first: its numbers may be right in some places.
  const known =
    item.misconceptions.find(({ answer }) => answer.every((value, i) => value === given[i])) ??
    item.misconceptions.find(({ answer }) => explains(answer, given, cells));
  if (known) return { right: false, cells, hint: { id: known.id, says: known.says } };
  const fields = fieldsOf(item);
  const broken = given.findIndex((value, i) => fields[i].whole && Number.isFinite(value) && !Number.isInteger(value));
  const rounding = broken >= 0 && item.misconceptions.find(({ id }) => id === item.onFraction);
  if (rounding) return { right: false, cells, hint: { id: rounding.id, says: rounding.says } };
  const open = given.findIndex(Number.isNaN);
  if (open >= 0)
    return { right: false, cells, hint: { id: 'no-number', says: `“${placeOf(item, open)}” wants a number.` } };
  return { right: false, cells, hint: { id: 'other', says: firstWrong(item, cells) } };
}
