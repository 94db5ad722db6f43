// The chapters' numbers: every one is computed anew by the native program, the site's pages were filled by WebAssembly.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { folders } from '../../tools/build/cmake.mjs';
import { decimals, evaluate, figure, fraction } from '../../tools/lessons/expression.mjs';
import { compileChapters, lessons, listChapters } from '../../tools/lessons/index.mjs';
import { createPages } from '../../tools/lessons/page.mjs';
import { dist } from '../../tools/lib/paths.mjs';

const nothing = (name) => assert.fail(`asked for ${name}`);

test('figures are worked out exactly', () => {
  assert.equal(figure('256*256*3 * 256*256*64', nothing), '824,633,720,832');
  assert.equal(figure('(102464 - 73856) / 102464 : %2', nothing), '27.92 %');
  assert.equal(figure('2^10 - -1', nothing), '1,025');
  assert.equal(figure('1/3 + 1/6 : 1', nothing), '0.5');
  assert.equal(figure('floor((224 - 7 + 6) / 2) + 1', nothing), '112');
  assert.equal(figure('ceil(7 / 2)', nothing), '4');
  assert.equal(figure('-5/2 : 0', nothing), '\u22123'); // halves away from zero
  assert.equal(
    figure('a.b.1 * 2', (name) => (name === 'a.b.1' ? 21 : nothing(name))),
    '42',
  );
  assert.equal(decimals(fraction(1n, 200n), 2), '0.01');
  assert.throws(() => figure('1/3', nothing), /no whole number/);
  assert.throws(() => evaluate('1 +', nothing));
  assert.throws(() => evaluate('1 1', nothing));
  assert.throws(() => evaluate('1/0', nothing), /division/);
});

let chapters;
before(() => (chapters = compileChapters([join(folders['native-release'], 'backstep')])));

test('every chapter of the site says what the native program computes', () => {
  const pages = createPages(lessons, listChapters());
  for (const chapter of chapters) {
    const site = readFileSync(join(dist, 'lesson', `${chapter.slug}.html`), 'utf8');
    const said = (html) =>
      [...html.matchAll(/<span class="n">([^<]*)<\/span>|<mn>([^<]*)<\/mn>/g)].map((m) => m[1] ?? m[2]);
    assert.deepEqual(said(site), said(pages.chapter(chapter)), chapter.slug);
    assert.equal(site, pages.chapter(chapter), chapter.slug);
    assert.ok(
      chapter.figures.every(({ text }) => text && text !== '?'),
      chapter.slug,
    );
  }
});

// What the lesson's own figures come to: the chapters must say them.
const facts = {
  convolution: ['824,633,720,832', '113,246,208', '1,728'],
  'stride-and-padding': ['112'],
  'parameter-sharing': ['824,633,720,832', '113,246,208', '1,728', '1,792', '3.30', '7,282', '65,536', '477,218,588'],
  'receptive-field': ['9', '102,464', '73,856', '27.92 %', '4,864', '38,720'],
  pooling: ['6', '8', '9', '7'],
  backpropagation: ['\u22121', '\u22125', '\u22126', '\u22124', '112'],
};

test('the lesson’s figures are there, as computed ones', () => {
  for (const { slug, figures } of chapters) {
    const texts = new Set(figures.map(({ text }) => text));
    for (const fact of facts[slug] ?? []) assert.ok(texts.has(fact), `${slug}: ${fact}`);
  }
});

test('no number of more than one digit is typed into a chapter’s prose', () => {
  for (const { slug, source } of chapters) {
    const prose = source
      .replace(/^:::.*$|^\d+\. /gm, '')
      .replace(/\{=?[^{}\n]*\}|\$\$[^]*?\$\$|\$[^$\n]*\$|`[^`]*`|\]\([^)]*\)/g, '');
    assert.deepEqual(prose.match(/(?<![\w.])\d[\d.,]*\d(?![\d°])/g) ?? [], [], slug);
  }
});
