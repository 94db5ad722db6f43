// Makes single files of the peers for the browser, each without what it does not use, as an application ships them.
import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as folder } from '../../tools/lib/paths.mjs';

export const bundles = join(folder, 'bench');

export async function bundlePeers() {
  await build({
    entryPoints: ['peers', 'first_convolution'].map((name) =>
      fileURLToPath(new URL(`page/${name}.mjs`, import.meta.url)),
    ),
    outdir: bundles,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}
