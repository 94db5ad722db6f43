// The lesson's scripts and styles, from web/lessons/ into the site.
import { bundleScripts, minifyStyles } from '../build/bundle.mjs';

/** Pages load these; practice/index.mjs is for pages of others too. Each stands two folders deep in the site. */
const entries = ['reader/main.mjs', 'practice/index.mjs', 'practice/page.mjs', 'practice/worksheet.mjs'];
const styles = ['lesson.css', 'practice/page.css', 'practice/practice.css', 'practice/worksheet.css'];

/**
 * @param {string} lessons  web/lessons
 * @param {string} out  the site's folder lesson/
 */
export async function buildScripts(lessons, out) {
  await bundleScripts(lessons, out, entries, 'parts', '../../');
  await minifyStyles(lessons, out, styles);
}
