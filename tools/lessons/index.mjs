// The lesson's pages, from web/lessons/ into the site's folder lesson/.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { compileChapter } from './chapter.mjs';
import { createPages } from './page.mjs';
import { Engine } from './program.mjs';
import { buildScripts } from './scripts.mjs';

export const lessons = join(root, 'web/lessons');

/** @returns {{slug: string, title: string, summary: string}[]} */
export const listChapters = () => JSON.parse(readFileSync(join(lessons, 'chapters.json'), 'utf8'));

/** All chapters with their numbers filled in. @param {string[]} command  the headless program */
export function compileChapters(command, engine = new Engine(command)) {
  return listChapters().map((chapter) => {
    try {
      return compileChapter(join(lessons, chapter.slug), chapter, engine);
    } catch (error) {
      error.message = `chapter ${chapter.slug}: ${error.message}`;
      throw error;
    }
  });
}

function copyQuizzes(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    writeFileSync(join(to, name), JSON.stringify(JSON.parse(readFileSync(join(from, name), 'utf8'))));
  }
}

/**
 * @param {string} site  folder of the site
 * @param {string[]} command  the headless program
 * @param {string[]} [painter]  another build of it, for the hundred pictures: the native one starts in milliseconds
 */
export async function buildLessons(site, command, painter = command) {
  const out = join(site, 'lesson');
  mkdirSync(out, { recursive: true });
  const pages = createPages(lessons, listChapters());
  const pictures = new Engine(painter);
  for (const chapter of compileChapters(command)) {
    writeFileSync(join(out, `${chapter.slug}.html`), pages.chapter(chapter));
    mkdirSync(join(out, chapter.slug), { recursive: true });
    for (const { name, scene, step } of chapter.stops) {
      if (chapter.drawn.has(name)) pictures.draw(scene, step, join(out, chapter.slug, `${name}.svg`));
    }
  }
  writeFileSync(join(out, 'index.html'), pages.index());
  writeFileSync(join(site, 'index.html'), pages.front(readFileSync(join(root, 'index.html'), 'utf8')));
  for (const page of ['practice.html', 'worksheet.html'])
    copyFileSync(join(lessons, 'practice', page), join(site, page));
  copyQuizzes(join(lessons, 'practice/quiz'), join(out, 'practice/quiz'));
  await buildScripts(lessons, out);
}
