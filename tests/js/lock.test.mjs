import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../tools/lib/lock.mjs';
import { isComplete, makeFolder } from '../../tools/lib/stage.mjs';

const temporary = (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
};

test('a lock is held by one at a time and gone afterwards', async (t) => {
  const file = join(temporary(t), 'lock');
  const events = [];
  const work = (name) =>
    withLock(file, async () => {
      events.push(`${name} begins`);
      await sleep(50);
      events.push(`${name} ends`);
    });
  await Promise.all([work('a'), work('b')]);
  assert.deepEqual(events, ['a begins', 'a ends', 'b begins', 'b ends']);
  assert.equal(existsSync(file), false);
});

test('a lock that a dead process left is taken over', async (t) => {
  const file = join(temporary(t), 'lock');
  writeFileSync(file, '4194305'); // above the largest process number of Linux
  assert.equal(await withLock(file, async () => 'done'), 'done');
});

test('a folder is complete only when its stage has succeeded with the same key', async (t) => {
  const dir = join(temporary(t), 'product');
  const make = (key, body) => makeFolder({ what: 'test product', dir, key }, body);
  await assert.rejects(
    make('1', async (aside) => {
      writeFileSync(join(aside, 'half'), '');
      throw new Error('interrupted');
    }),
    /interrupted/,
  );
  assert.equal(existsSync(dir), false);
  await make('1', async (aside) => writeFileSync(join(aside, 'whole'), ''));
  assert.ok(isComplete(dir, '1') && existsSync(join(dir, 'whole')) && !existsSync(join(dir, 'half')));
  await make('1', async () => assert.fail('made again'));
  assert.equal(isComplete(dir, '2'), false);
});
