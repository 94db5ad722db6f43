// Chapters as pages: the template, the way from one to the next, the list of all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escape } from './markdown.mjs';

/** "<!-- slot name -->" in a template. */
const fillTemplate = (template, slots) =>
  template.replace(/<!-- slot ([\w-]+) -->/g, (_, name) => {
    if (slots[name] === undefined) throw new Error(`the template has an unknown slot ${name}`);
    return slots[name];
  });

/** The chapters as items of a list. @param {string} [folder] of the pages, as seen from the list's */
const items = (chapters, { folder = '', current } = {}) =>
  chapters
    .map((chapter, i) => {
      const here = chapter === current ? ' aria-current="page"' : '';
      return `<li><a href="${folder}${chapter.slug}.html"${here}><span>${i + 1}</span> ${escape(chapter.title)}</a></li>`;
    })
    .join('');

const link = (chapter, words) => `<a href="${chapter.slug}.html">${words}</a>`;

/** In a script element nothing may look like its end. */
const inlineJson = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * @param {string} folder  of the lessons
 * @param {{slug: string, title: string, summary: string}[]} chapters
 */
export function createPages(folder, chapters) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const chapterTemplate = read('page/chapter.html');
  const indexTemplate = read('page/index.html');
  return {
    /** The site's own page with its way into the lesson. @param {string} template */
    front: (template) => fillTemplate(template, { chapters: items(chapters, { folder: 'lesson/' }) }),
    /** @param {ReturnType<typeof import('./chapter.mjs').compileChapter>} compiled */
    chapter(compiled) {
      const index = chapters.findIndex(({ slug }) => slug === compiled.slug);
      const chapter = chapters[index];
      const before = chapters[index - 1];
      const after = chapters[index + 1];
      return fillTemplate(chapterTemplate, {
        title: escape(chapter.title),
        summary: escape(chapter.summary),
        number: `Chapter ${index + 1} of ${chapters.length}`,
        contents: `<ol>${items(chapters, { current: chapter })}</ol>`,
        text: compiled.html,
        before: before ? link(before, `‹ ${escape(before.title)}`) : '<a href="index.html">‹ All chapters</a>',
        after: after ? link(after, `${escape(after.title)} ›`) : '<a href="index.html">All chapters ›</a>',
        playlist: inlineJson(compiled.playlist),
      });
    },
    index: () =>
      fillTemplate(indexTemplate, {
        chapters: chapters
          .map(
            ({ slug, title, summary }, i) =>
              `<li><a href="${slug}.html"><span class="number">${i + 1}</span><span class="title">${escape(title)}</span>` +
              `<span class="summary">${escape(summary)}</span></a></li>`,
          )
          .join('\n'),
      }),
  };
}
