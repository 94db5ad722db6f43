// Scripts and styles of the site, bundled: a page fetches a handful of files instead of dozens, without what only readers of
// the source need.
import { build } from 'esbuild';
import { dirname, join, relative, resolve } from 'node:path';

const common = { minify: true, legalComments: 'none', logLevel: 'silent' }; // what is wrong is thrown

/** Everything outside the folder stays a file of its own, which other pages share. */
const shared = (folder, root) => ({
  name: 'shared',
  setup(builder) {
    builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.includes('*')) return null;
      const file = resolve(dirname(importer), path);
      if (!relative(folder, file).startsWith('..')) return null;
      return { path: root + relative(dirname(folder), file), external: true };
    });
  },
});

/**
 * Bundles modules that import each other and share the parts they have in common.
 * @param {string} folder  of web/
 * @param {string} out  its place in the site
 * @param {string[]} entries  modules that pages load, by their paths in the folder
 * @param {string} parts  folder of the shared parts in `out`, as deep as the entries
 * @param {string} root  the way from an entry to the site's folder
 * @returns {Promise<Map<string, string[]>>} the parts that each entry loads, by their paths in `out`
 */
export async function bundleScripts(folder, out, entries, parts, root) {
  const { metafile } = await build({
    ...common,
    entryPoints: entries.map((entry) => join(folder, entry)),
    outbase: folder,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    chunkNames: join(parts, '[name]-[hash]'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    plugins: [shared(folder, root)],
    metafile: true,
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [relative(out, resolve(path)), output]));
  const reached = new Map();
  const follow = (name, found) => {
    for (const { path, kind, external } of outputs.get(name).imports) {
      const part = relative(out, resolve(path));
      if (external || kind !== 'import-statement' || found.includes(part)) continue;
      found.push(part);
      follow(part, found);
    }
    return found;
  };
  for (const entry of entries) reached.set(entry, follow(entry, []));
  return reached;
}

/** @param {string} folder @param {string} out @param {string[]} styles */
export async function minifyStyles(folder, out, styles) {
  await build({ ...common, entryPoints: styles.map((style) => join(folder, style)), outbase: folder, outdir: out });
}
