import assert from 'node:assert/strict';
import test from 'node:test';
import { profile } from '../../tools/build/size_profile.mjs';

const section = (id, ...bytes) => [id, bytes.length, ...bytes];
const text = (string) => [string.length, ...Buffer.from(string)];

test('functions by name and size, those imported counted but not listed', () => {
  const module = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(2, 2, ...text('e'), ...text('memory'), 2, 0, 1, ...text('e'), ...text('f'), 0, 0),
    ...section(3, 2, 0, 0),
    ...section(10, 2, 2, 0, 0x0b, 3, 0, 0x01, 0x0b),
  ]);
  assert.ok(WebAssembly.validate(module));
  const { sections, functions } = profile(module, '0:f\n1:small\n2:large');
  assert.deepEqual(functions, [
    ['large', 3],
    ['small', 2],
  ]);
  assert.deepEqual(sections.map(([name]) => name).sort(), ['code', 'function', 'import', 'type']);
});
