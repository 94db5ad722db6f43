// Fills dist/: what CMake installs for the site, and beside each file its compressed twins, for servers that send those.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, dist, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { stage } from '../lib/stage.mjs';
import { folders } from './cmake.mjs';
import { profileText } from './size_profile.mjs';

const compressible = new Set(['.css', '.html', '.js', '.json', '.mjs', '.mts', '.otf', '.svg', '.ts', '.ttf', '.txt', '.wasm']);
const smallest = 1024; // below this a twin saves nothing

/** Compresses as far as it goes: this happens once for each build. */
export const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

async function compress(file) {
  const bytes = readFileSync(file);
  if (bytes.length < smallest) return;
  const twins = [
    ['.br', await brotli(bytes)],
    ['.gz', await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })],
  ];
  for (const [ending, smaller] of twins) if (smaller.length < bytes.length) writeFileSync(file + ending, smaller);
}

/** What the bytes of page and engine module are spent on, for whoever has to save some. */
function writeSizeProfiles() {
  const web = join(folders['web-release'], 'web');
  writeFileSync(join(build, 'size-profile.txt'), profileText(join(web, 'app.wasm'), join(web, 'app.mjs.symbols')));
  const engine = profileText(join(web, 'engine.wasm'), join(web, 'engine.wasm.symbols'));
  writeFileSync(join(build, 'size-profile-engine.txt'), engine);
}

// What pages, the lesson's bundles and the tests in a browser import by name; what these import goes into their bundles.
const shellEntries = ['page.mjs', 'start.mjs', 'address.mjs', 'elements.mjs', 'picture.mjs'];

/** The modules around the canvas, bundled in the place of those that CMake installs. */
async function buildShell(out) {
  const { bundleScripts, minifyStyles } = await import('./bundle.mjs');
  const shell = join(root, 'web/shell');
  for (const name of readdirSync(out)) if (name.endsWith('.mjs')) rmSync(join(out, name));
  const parts = await bundleScripts(shell, out, shellEntries, '.', '../');
  await minifyStyles(shell, out, ['style.css']);
  return parts.get('page.mjs');
}

/** Names the parts of a page's script in its head: they come at once, not when the script that asks for them is there. */
function preloadParts(page, parts) {
  const script = /(\s*)(?=<script type="module" src="shell\/page\.mjs">)/;
  const links = parts.map((part) => `$1<link rel="modulepreload" href="shell/${part}" />`).join('');
  writeFileSync(page, readFileSync(page, 'utf8').replace(script, `${links}$1`));
}

/** @param {{native?: boolean}} [built]  whether the native program is of the same sources: it draws the chapters' pictures */
export async function fillDist({ native = false } = {}) {
  await stage('fill dist/', async (report) => {
    const aside = join(build, 'dist.partial');
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    const log = join(build, 'logs/install.log');
    await run('cmake', ['--install', folders['web-release'], '--component', 'site', '--prefix', aside], { log });
    // Their packages are there after the set-up only.
    report('scripts');
    const parts = await buildShell(join(aside, 'shell'));
    report('lesson');
    const { buildLessons } = await import('../lessons/index.mjs');
    const web = [process.execPath, join(aside, 'backstep-cli.mjs')];
    await buildLessons(aside, web, native ? [join(folders['native-release'], 'backstep')] : web);
    for (const page of ['index.html', 'embed.html']) preloadParts(join(aside, page), parts);
    report('compressing');
    const names = readdirSync(aside, { recursive: true });
    const files = names.map((name) => join(aside, name)).filter((file) => compressible.has(extname(file)) && statSync(file).isFile());
    await Promise.all(files.map(compress));
    if (existsSync(dist)) rmSync(dist, { recursive: true });
    renameSync(aside, dist);
    writeSizeProfiles();
  });
}
