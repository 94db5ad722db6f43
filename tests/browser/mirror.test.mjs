import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mirror, openPage, waitForMirror } from './page.mjs';
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
