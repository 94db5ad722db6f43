import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focusCanvas, mirror, openPage, placeOf, waitForMirror, waitUntilStill } from './page.mjs';
import { openBrowser } from './support.mjs';

let site;
before(async () => (site = await openBrowser()));
after(() => site.close());

const control = (page, name) => page.$(`[data-backstep="mirror"] [name="${name}"]`);

test('the mirror carries what the contract names', async () => {
  const { page } = await openPage(site.browser, site.url);
  const said = await mirror(page);
  for (const name of ['step', 'steps', 'term', 'grain', 'phase', 'layer', 'cell', 'hash', 'frames', 'narration']) {
    assert.ok(said[name], name);
  }
  assert.equal(said.steps, '155');
  assert.match(said.cell, /^[a-z]+\d*\.\w+\[[\d,]+\]$/);
  await page.close();
});

test('buttons step, the scrubber seeks, radio buttons choose the grain', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=0&grain=cell`);
  await (await control(page, 'next')).focus();
  await page.keyboard.press('Enter');
  await waitForMirror(page, 'step', '1');
  await (await control(page, 'back')).focus();
  await page.keyboard.press('Space');
  await waitForMirror(page, 'step', '0');

  await (await control(page, 'step')).focus();
  await page.keyboard.press('End');
  await waitForMirror(page, 'step', '154');
  const text = await page.$eval('[name="step"]', (range) => range.getAttribute('aria-valuetext'));
  assert.match(text, /^154 of 155: .+, update$/);

  await page.focus('input[name="grain"]:checked');
  await page.keyboard.press('ArrowDown');
  await waitForMirror(page, 'grain', 'channel');
  await page.close();
});

test('the controls come into sight with the keyboard, and can then be clicked', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=0&grain=cell`);
  await page.keyboard.press('Tab');
  const height = await page.$eval('[data-backstep="mirror"]', (element) => element.getBoundingClientRect().height);
  assert.ok(height > 30, `${height} px`);
  await page.click('button[name="next"]');
  await waitForMirror(page, 'step', '1');
  await page.close();
});

test('the narration is a polite live region with the sentence of the step, silent while playing', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=0&grain=cell`);
  const first = (await mirror(page)).narration;
  const live = () => page.$eval('[data-backstep="narration"]', (element) => element.getAttribute('aria-live'));
  assert.equal(await live(), 'polite');
  await page.$eval('button[name="play"]', (button) => button.click());
  await page.waitForFunction(() => Number(document.querySelector('[data-backstep="mirror"]').dataset.step) >= 2);
  assert.equal(await live(), 'off');
  await page.$eval('button[name="play"]', (button) => button.click());
  assert.equal(await live(), 'polite');
  const { narration } = await mirror(page);
  assert.ok(narration.length > 10);
  assert.notEqual(narration, first);
  await page.close();
});

test('scenes and target classes are chosen from lists', async () => {
  const { page } = await openPage(site.browser, site.url);
  const options = await page.$$eval('[name="scene"] option', (all) => all.map((option) => option.value));
  for (const preset of ['pocket', 'tiny-cnn', 'single-conv', 'edge-detect', 'stride-padding', 'max-pool']) {
    assert.ok(options.includes(preset), preset);
  }
  const before = await mirror(page);
  await page.select('[name="target"]', '1');
  await page.waitForFunction(
    (hash) => document.querySelector('[data-backstep="mirror"]').dataset.hash !== hash,
    {},
    before.hash,
  );
  await page.$eval('button[name="reset"]', (button) => button.click());
  await waitForMirror(page, 'hash', before.hash);
  await page.select('[name="scene"]', 'max-pool');
  await page.waitForFunction(
    (steps) => document.querySelector('[data-backstep="mirror"]').dataset.steps !== steps,
    {},
    before.steps,
  );
  await page.close();
});

test('the list of keys opens by a button, is read out, and closes again', async () => {
  const { page } = await openPage(site.browser, site.url);
  const list = () => page.$$eval('#backstep-keys dt', (all) => all.map((key) => key.textContent));
  const press = () => page.$eval('button[name="keys"]', (button) => button.click());
  const expanded = () => page.$eval('button[name="keys"]', (button) => button.getAttribute('aria-expanded'));
  assert.deepEqual(await list(), []);
  assert.equal(await expanded(), 'false');
  await press();
  const keys = await list();
  for (const key of ['Space', '/', '?', 'Enter']) assert.ok(keys.includes(key), `${key} in ${keys}`);
  assert.equal(await expanded(), 'true');
  assert.equal(await page.$eval('#backstep-keys', (element) => element.getAttribute('aria-live')), 'polite');
  await press();
  assert.deepEqual(await list(), []);
  await page.close();
});

test('size and theme are chosen from lists, and the address keeps them', async () => {
  const { page, problems } = await openPage(site.browser, `${site.url}#scene=pocket&step=4`);
  const ground = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--ground'));
  const before = { ground: await ground(), next: await placeOf(page, 'transport.next') };
  await page.select('[name="theme"]', 'dark');
  await page.select('[name="scale"]', '150');
  await waitUntilStill(page);
  assert.notEqual(await ground(), before.ground);
  const next = await placeOf(page, 'transport.next');
  assert.ok(Math.abs(next.height / before.next.height - 1.5) < 0.1, `${next.height} after ${before.next.height}`);
  await page.waitForFunction(() => /theme=dark/.test(location.hash) && /scale=150/.test(location.hash));
  await focusCanvas(page);
  await page.keyboard.type('0');
  await waitUntilStill(page);
  assert.equal(await page.$eval('[name="scale"]', (select) => select.value), '100');
  await page.keyboard.type('+');
  assert.equal(await page.$eval('[name="scale"]', (select) => select.value), '110');
  assert.deepEqual(problems, []);
  await page.close();
});

test('a cell is gone to by its name, from the canvas and back', async () => {
  const { page } = await openPage(site.browser, `${site.url}#scene=pocket&step=4`);
  const focused = () => page.evaluate(() => document.activeElement.name || document.activeElement.id);
  await focusCanvas(page);
  await page.keyboard.type('/');
  assert.equal(await focused(), 'go-to');
  await page.keyboard.type('conv1.dw[0,0,1,2]');
  await page.keyboard.press('Enter');
  await waitForMirror(page, 'cell', 'conv1.dw[0,0,1,2]');
  assert.equal(await focused(), 'canvas');
  // A wrong name is explained, and stays to be mended.
  await page.keyboard.type('/');
  await page.keyboard.type('conv9.y[0]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[role="alert"]').textContent);
  assert.equal(await focused(), 'go-to');
  assert.equal((await mirror(page)).cell, 'conv1.dw[0,0,1,2]');
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'canvas');
  await page.close();
});

test('every control has a name and every name its control', async () => {
  const { page } = await openPage(site.browser, site.url);
  const tree = await page.accessibility.snapshot({ interestingOnly: true });
  const nameless = [];
  const visit = (node) => {
    const isControl = ['button', 'radio', 'combobox', 'slider', 'application', 'textbox'].includes(node.role);
    if (isControl && !node.name) nameless.push(node.role);
    node.children?.forEach(visit);
  };
  visit(tree);
  assert.deepEqual(nameless, []);
  await page.close();
});
