// The lesson's scripts, from web/lessons/ into the site: bundled, so that a chapter fetches a handful of files, and without
// what only readers of the source need. Everything outside the lesson (shell, engine) stays a file of its own, which the
// other pages share.
import { build } from 'esbuild';
import { dirname, join, relative, resolve } from 'node:path';

/** Pages load these; practice/index.mjs is for pages of others too. Each stands two folders deep in the site. */
const entries = ['reader/main.mjs', 'practice/index.mjs', 'practice/page.mjs', 'practice/worksheet.mjs'];

/** @param {string} lessons  web/lessons */
const shared = (lessons) => ({
  name: 'shared',
  setup(builder) {
    builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.includes('*')) return null;
      const file = resolve(dirname(importer), path);
      if (!relative(lessons, file).startsWith('..')) return null;
      return { path: `../../${relative(dirname(lessons), file)}`, external: true };
    });
  },
});

/**
 * @param {string} lessons  web/lessons
 * @param {string} out  the site's folder lesson/
 */
export async function bundleScripts(lessons, out) {
  await build({
    entryPoints: entries.map((entry) => join(lessons, entry)),
    outbase: lessons,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent', // what is wrong is thrown
    plugins: [shared(lessons)],
  });
  const styles = ['lesson.css', 'practice/page.css', 'practice/practice.css', 'practice/worksheet.css'];
  await build({
    entryPoints: styles.map((style) => join(lessons, style)),
    outbase: lessons,
    outdir: out,
    minify: true,
    logLevel: 'silent',
  });
}
