// Writes ONNX models of one convolution, byte by byte: a protobuf is a list of numbered fields.
const varint = (value) => {
  const bytes = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest < 128n) return [...bytes, low];
    bytes.push(low | 128);
  }
};

function joined(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const number = (field, value) => joined([varint(field << 3), varint(value)]);
const bytes = (field, content) => joined([varint((field << 3) | 2), varint(content.length), content]);
const text = (field, value) => bytes(field, new TextEncoder().encode(value));
const message = (field, ...parts) => bytes(field, joined(parts));

const FLOAT = 1;
const integers = (name, values) => message(5, text(1, name), ...values.map((v) => number(8, v)), number(20, 7));
const integer = (name, value) => message(5, text(1, name), number(3, value), number(20, 2));

const tensor = (name, shape, { buffer, byteOffset, byteLength }) =>
  message(
    5,
    ...shape.map((extent) => number(1, extent)),
    number(2, FLOAT),
    text(8, name),
    bytes(9, new Uint8Array(buffer, byteOffset, byteLength)),
  );

const value = (field, name, shape) =>
  message(
    field,
    text(1, name),
    message(2, message(1, number(1, FLOAT), message(2, ...shape.map((extent) => message(1, number(1, extent)))))),
  );

/** y = Conv(x, w, b) with the same padding on all sides. */
export function convolutionModel({ x, w, y, stride, pad, groups }, weights, bias) {
  const inputs = bias ? ['x', 'w', 'b'] : ['x', 'w'];
  const node = message(
    1,
    ...inputs.map((name) => text(1, name)),
    text(2, 'y'),
    text(3, 'conv'),
    text(4, 'Conv'),
    integers('kernel_shape', w.slice(2)),
    integers('strides', [stride, stride]),
    integers('pads', [pad, pad, pad, pad]),
    integer('group', groups),
  );
  const initializers = [tensor('w', w, weights), ...(bias ? [tensor('b', [bias.length], bias)] : [])];
  const graph = message(7, node, text(2, 'bench'), ...initializers, value(11, 'x', x), value(12, 'y', y));
  const opset = message(8, text(1, ''), number(2, 17));
  return joined([number(1, 8), text(2, 'backstep'), graph, opset]);
}
