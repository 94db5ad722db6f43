// Numbers for the bench, and the reference that every result is checked against: plain loops in double.

/** Numbers from -0.25 to 0.25, the same for the same seed. */
export function random(count, seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state / 4294967296 - 0.5) * 0.5;
  });
}

/** The tensors of a row: x and dy in NCHW, w in OIHW. */
export const tensors = ({ n, c, h, w, oc, oh, ow, kh, kw, groups }) => ({
  x: random(n * c * h * w, 1),
  w: random((oc * c * kh * kw) / groups, 2),
  b: random(oc, 3),
  dy: random(n * oc * oh * ow, 4),
});

/** y with bias, dx or dw of a row. */
export function reference(row, { x, w, b, dy }) {
  const { n, c, h, w: width, oc, oh, ow, kh, kw, stride, pad, groups, pass } = row;
  const cg = c / groups;
  const og = oc / groups;
  const size = { forward: dy.length, backward_input: x.length, backward_weights: w.length }[pass];
  const out = new Float64Array(size);
  for (let s = 0; s < n; s++) {
    for (let o = 0; o < oc; o++) {
      for (let g = 0; g < cg; g++) {
        const plane = (s * c + Math.floor(o / og) * cg + g) * h;
        for (let p = 0; p < kh; p++) {
          for (let q = 0; q < kw; q++) {
            const weight = ((o * cg + g) * kh + p) * kw + q;
            for (let i = 0; i < oh; i++) {
              const row = i * stride + p - pad;
              if (row < 0 || row >= h) continue;
              for (let j = 0; j < ow; j++) {
                const column = j * stride + q - pad;
                if (column < 0 || column >= width) continue;
                const from = (plane + row) * width + column;
                const to = ((s * oc + o) * oh + i) * ow + j;
                if (pass === 'forward') out[to] += x[from] * w[weight];
                else if (pass === 'backward_input') out[from] += dy[to] * w[weight];
                else out[weight] += x[from] * dy[to];
              }
            }
          }
        }
      }
    }
  }
  if (pass === 'forward') for (let i = 0; i < out.length; i++) out[i] += b[Math.floor(i / (oh * ow)) % oc];
  return out;
}

/** The largest difference over the largest number. */
export function distance(got, want) {
  if (got.length !== want.length) return Infinity;
  let most = 0;
  let largest = 0;
  for (let i = 0; i < want.length; i++) {
    const difference = Math.abs(got[i] - want[i]);
    if (Number.isNaN(difference)) return Infinity;
    most = Math.max(most, difference);
    largest = Math.max(largest, Math.abs(want[i]));
  }
  return most / largest;
}
