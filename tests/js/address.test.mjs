import assert from 'node:assert/strict';
import test from 'node:test';
import { addressHash, addressJson } from '../../web/shell/address.mjs';

test('keys and values become one JSON object of strings', () => {
  assert.deepEqual(JSON.parse(addressJson('#scene=pocket&step=12&grain=cell')), {
    scene: 'pocket',
    step: '12',
    grain: 'cell',
  });
  assert.equal(addressJson(''), '{}');
  assert.equal(addressJson('#'), '{}');
});

test('a key that stands twice reaches the parser twice', () => {
  assert.equal(addressJson('#step=1&step=2'), '{"step":"1","step":"2"}');
});

test('nothing in an address breaks out of its JSON text', () => {
  for (const value of ['"', '\\', '\n', '%22%7D', 'ü', '%ff', '%']) {
    const json = addressJson(`#theme=${value}`);
    assert.equal(Object.keys(JSON.parse(json)).length, 1, json);
  }
});

test('a scene document survives the way into an address and back', () => {
  const document = '{"version":1,"title":"Größe ∂L/∂X – 日本","input":[1,-0.5]}';
  const hash = addressHash({ document, overrides: { step: '3' } });
  assert.match(hash, /^#scene=[\w-]+&step=3$/);
  assert.deepEqual(JSON.parse(addressJson(hash)), { scene: document, step: '3' });
});

test('a preset’s name is not taken for base64url', () => {
  for (const name of ['pocket', 'tiny-cnn', 'single-conv', 'edge-detect', 'stride-padding', 'max-pool']) {
    assert.equal(JSON.parse(addressJson(addressHash({ preset: name, overrides: {} }))).scene, name);
  }
});

test('a long scene does not overflow the stack', () => {
  const document = `{"title":"${'x'.repeat(400_000)}"}`;
  assert.equal(JSON.parse(addressJson(addressHash({ document, overrides: {} }))).scene, document);
});
