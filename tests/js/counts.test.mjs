import assert from 'node:assert/strict';
import test from 'node:test';
import { doctestCounts, nodeTestCounts, tapFailures, verifyCounts } from '../../tools/lib/counts.mjs';

test('doctest: colours are no obstacle, a skipped case did not pass', () => {
  const line = '\x1b[0;36m[doctest] \x1b[0mtest cases: 7 | \x1b[0m6 passed\x1b[0m | 1 failed\x1b[0m | 2 skipped';
  assert.deepEqual(doctestCounts(line), { passed: 6, failed: 3 });
  assert.equal(doctestCounts('Segmentation fault'), null);
});

test('verify: only a last line counts', () => {
  assert.deepEqual(verifyCounts('case a: dx differs\n62 passed, 1 failed\n'), { passed: 62, failed: 1 });
  assert.equal(verifyCounts('62 passed, 1 failed\naborted'), null);
});

test('node --test: cancelled and skipped tests did not pass', () => {
  assert.deepEqual(nodeTestCounts('# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n'), { passed: 3, failed: 2 });
  assert.equal(nodeTestCounts('could not start'), null);
});

test('node --test: of its output the failures are kept, with what their files printed', () => {
  const passed = '# Subtest: one\nok 1 - one\n  ---\n  duration_ms: 1\n  ...\n';
  const failed = "not ok 2 - b.test.mjs\n  ---\n  error: 'test failed'\n  ...\n";
  const counts = '1..2\n# tests 2\n# pass 1\n';
  const said = '# SyntaxError: no such export\n';
  assert.equal(tapFailures(passed + counts), '');
  assert.equal(tapFailures(said + passed + failed + counts), (said + failed).trimEnd());
});
