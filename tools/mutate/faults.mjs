// Ten faults, each a set of small patches. A patch replaces a text that must be found in the file, everywhere it stands;
// `fault(n)` in the replacement is true while fault n is switched on, so that all of them are compiled once.
//
// A fault is in the declaration (taps, terms, finishing operation) and in the kernels alike, which then agree with each
// other: only tests that know the right numbers can tell. Convolution and ReLU run by the declaration alone while a
// fault is on.

const byDeclaration = { find: 'isa == Isa::reference', replace: 'isa == Isa::reference || any_fault()' };

/** Patches that change nothing by themselves. */
export const scaffold = [
  { file: 'engine/layers/conv2d.cpp', ...byDeclaration },
  { file: 'engine/layers/relu.cpp', ...byDeclaration },
];

const leftover = 'w + pad.left > (OW - 1) * stride.w + (KW - 1) * dilation.w';

/** @type {{title: string, patches: {file: string, find: string, replace: string}[]}[]} */
export const faults = [
  {
    title: 'last maximum wins',
    patches: [
      { file: 'engine/reference.h', find: 'value > total', replace: '(fault(1) ? value >= total : value > total)' },
      {
        file: 'engine/layers/max_pool2d.cpp',
        find: 'value > best',
        replace: '(fault(1) ? value >= best : value > best)',
      },
    ],
  },
  {
    title: 'dilation ignored',
    patches: [
      { file: 'engine/layers/conv2d.h', find: 'p * dilation.h', replace: 'p * (fault(2) ? 1 : dilation.h)' },
      { file: 'engine/layers/conv2d.h', find: 'q * dilation.w', replace: 'q * (fault(2) ? 1 : dilation.w)' },
    ],
  },
  {
    title: 'padding swapped',
    patches: [
      {
        file: 'engine/layers/conv2d.h',
        find: 'const Padding pad = window(s.x).padding;',
        replace: 'Padding pad = window(s.x).padding;\n  if (fault(3)) std::swap(pad.top, pad.left);',
      },
    ],
  },
  {
    title: 'bias missing',
    patches: [{ file: 'engine/layers/conv2d.h', find: 'if (bias) visit', replace: 'if (bias && !fault(4)) visit' }],
  },
  {
    title: 'accumulation not cleared between passes',
    patches: [
      {
        file: 'engine/trace.cpp',
        find: '      fit(r.dw, s.w);',
        replace: '      fit(r.dw, s.w);\n      if (fault(5)) before = r.dw;',
      },
      {
        file: 'engine/trace.cpp',
        find: '    if (i > 0 || input_gradient) {',
        replace: '    Tensor before;\n    if (i > 0 || input_gradient) {',
      },
      {
        file: 'engine/trace.cpp',
        find: 'op.backward(trace.pass(i), out, s, isa_); }, layer.op);',
        replace:
          'op.backward(trace.pass(i), out, s, isa_); }, layer.op);\n' +
          '    for (std::int64_t k = 0; k < before.count(); ++k) r.dw[k] += before[k];',
      },
    ],
  },
  {
    title: 'ReLU derivative left out',
    patches: [
      {
        file: 'engine/layers/relu.h',
        find: 'if ((*pass.x)[index] <= T{0})',
        replace: 'if ((*pass.x)[index] <= T{0} && !(fault(6) && slot == Slot::dx))',
      },
    ],
  },
  {
    title: 'transposed kernel not flipped',
    patches: [
      {
        file: 'engine/layers/conv2d.h',
        find: 'w_index(o, c % CG, p, q)',
        replace: '(fault(7) ? w_index(o, c % CG, KH - 1 - p, KW - 1 - q) : w_index(o, c % CG, p, q))',
      },
    ],
  },
  {
    title: 'average divisor wrong',
    patches: [
      {
        file: 'engine/layers/avg_pool2d.cpp',
        find: 'if (count_include_pad)',
        replace: 'if (count_include_pad != fault(8))',
      },
    ],
  },
  {
    title: 'Adam epsilon inside the root',
    patches: [
      {
        file: 'engine/optimizer.cpp',
        find: '(std::sqrt(v) + o.eps)',
        replace: '(fault(9) ? std::sqrt(v + o.eps) : std::sqrt(v) + o.eps)',
      },
    ],
  },
  {
    title: "remainder columns' gradient non-zero",
    patches: [
      {
        file: 'engine/layers/conv2d.h',
        find: 'if (left < 0 || left % stride.w != 0 || left / stride.w >= OW) continue;',
        replace:
          `const bool spill = fault(10) && ${leftover};\n` +
          '          if (!spill && (left < 0 || left % stride.w != 0 || left / stride.w >= OW)) continue;',
      },
      {
        file: 'engine/layers/conv2d.h',
        find: '* OW + left / stride.w}',
        replace: '* OW + (spill ? OW - 1 : left / stride.w)}',
      },
    ],
  },
];
