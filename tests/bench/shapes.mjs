// The convolutions of the bench, and shapes files: a JSON array of {name,n,c,h,w,oc,kh,kw,stride,pad,groups,pass}.
import { Failure } from '../../tools/lib/run.mjs';

export const passes = ['forward', 'backward_input', 'backward_weights'];

const shape = (name, n, c, h, w, oc, k, stride, pad, groups = 1) => ({
  name,
  n,
  c,
  h,
  w,
  oc,
  kh: k,
  kw: k,
  stride,
  pad,
  groups,
});
const standard = [
  shape('A', 1, 1, 28, 28, 8, 3, 1, 1),
  shape('B', 1, 8, 28, 28, 16, 3, 1, 1),
  shape('C', 1, 16, 14, 14, 32, 3, 1, 1),
  shape('D', 1, 3, 224, 224, 64, 7, 2, 3),
  shape('E', 1, 64, 56, 56, 64, 3, 1, 1),
  shape('F', 1, 64, 56, 56, 64, 1, 1, 0),
  shape('G', 32, 8, 28, 28, 16, 3, 1, 1),
  shape('H', 1, 64, 56, 56, 64, 3, 1, 1, 64),
];
export const standardRows = passes.flatMap((pass) => standard.map((row) => ({ ...row, pass })));

/** With the output's extents and the work: 2·N·OC·OH·OW·(C/groups)·KH·KW, taps in the padding counted. */
export function measured(row) {
  const oh = Math.floor((row.h + 2 * row.pad - row.kh) / row.stride) + 1;
  const ow = Math.floor((row.w + 2 * row.pad - row.kw) / row.stride) + 1;
  const flops = 2 * row.n * row.oc * oh * ow * (row.c / row.groups) * row.kh * row.kw;
  return { ...row, oh, ow, flops };
}

const least = { n: 1, c: 1, h: 1, w: 1, oc: 1, kh: 1, kw: 1, stride: 1, pad: 0, groups: 1 };

/** @param {string} text  of a shapes file */
export function parseShapes(text) {
  let rows;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    throw new Failure(`the shapes file is not JSON: ${error.message}`);
  }
  if (!Array.isArray(rows) || rows.length === 0) throw new Failure('the shapes file: expected an array of shapes');
  return rows.map((row, index) => {
    const at = `shapes[${index}]`;
    if (typeof row !== 'object' || row === null) throw new Failure(`${at}: expected an object`);
    const { name, pass = 'forward', pad = 0, stride = 1, groups = 1 } = row;
    const checked = { ...row, name, pass, pad, stride, groups };
    if (typeof name !== 'string' || !name) throw new Failure(`${at}.name: expected a text`);
    if (!passes.includes(pass)) throw new Failure(`${at}.pass: expected one of ${passes.join(', ')}`);
    for (const [key, low] of Object.entries(least)) {
      const isRight = Number.isSafeInteger(checked[key]) && checked[key] >= low;
      if (!isRight) throw new Failure(`${at}.${key}: expected a whole number from ${low} on`);
    }
    for (const key of Object.keys(checked)) {
      if (!Object.hasOwn(least, key) && key !== 'name' && key !== 'pass')
        throw new Failure(`${at}.${key}: no such key`);
    }
    const { c, oc } = checked;
    if (c % groups || oc % groups) throw new Failure(`${at}: ${groups} groups do not divide ${c} and ${oc} channels`);
    const { oh, ow } = measured(checked);
    if (oh < 1 || ow < 1) throw new Failure(`${at}: the kernel is larger than the padded input`);
    return checked;
  });
}
