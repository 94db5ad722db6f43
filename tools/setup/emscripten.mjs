// The compiler of the web build: an emcc that is new enough and on PATH; else Debian's own package, unpacked into the cache.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../lib/paths.mjs';
import { Failure, run } from '../lib/run.mjs';
import { isComplete, makeFolder } from '../lib/stage.mjs';
import { downloadPackages } from './apt.mjs';
import { emscripten, llvm } from './versions.mjs';

const atLeast = (version, wanted) => {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  const differs = a.findIndex((part, i) => part !== b[i]);
  return differs < 0 || a[differs] > b[differs];
};

/** Version of the emcc on PATH when it is new enough, else empty. */
export function emccOnPath() {
  const answer = spawnSync('emcc', ['--version'], { encoding: 'utf8' });
  const version = /(\d+\.\d+\.\d+)/.exec(answer.stdout ?? '')?.[1] ?? '';
  return version && atLeast(version, emscripten.version) ? version : '';
}

const home = join(cache, `emscripten-${emscripten.version}`);
const key = `emscripten ${emscripten.version}, llvm ${llvm}, recipe 1`;

/** Folder of the unpacked emcc; nothing needs to be set in the environment to use it. */
export const emscriptenFolder = join(home, 'emscripten');
export const isEmscriptenComplete = () => isComplete(home, key);

/** One starter for each program: the system's C library is older than the one that Binaryen was linked with. */
function wrapBinaryen(folder) {
  const libraries = join(
    'usr/lib',
    readdirSync(join(folder, 'usr/lib')).find((name) => name.includes('-linux-')),
  );
  const loader = readdirSync(join(folder, libraries)).find((name) => /^ld-linux.*\.so/.test(name));
  mkdirSync(join(folder, 'bin'));
  for (const program of readdirSync(join(folder, 'usr/bin'))) {
    const file = join(folder, 'bin', program);
    writeFileSync(
      file,
      `#!/bin/sh\nhere=$(dirname "$(dirname "$0")")\n` +
        `exec "$here/${libraries}/${loader}" --library-path "$here/${libraries}" "$here/usr/bin/${program}" "$@"\n`,
    );
    chmodSync(file, 0o755);
  }
}

/** Read by emcc, which finds it beside itself. */
const configuration = `LLVM_ROOT = '/usr/lib/llvm-${llvm}/bin'
BINARYEN_ROOT = '${join(home, 'binaryen')}'
NODE_JS = '${process.execPath}'
FROZEN_CACHE = True
LLVM_ADD_VERSION = ''
CLANG_ADD_VERSION = ''
`;

/**
 * Unpacks Emscripten, which is scripts and wasm libraries, from the Debian suite that has it. It compiles with the clang of this
 * machine. Its Binaryen is built for that suite's newer C library, so it is started by that library's own loader, also unpacked.
 */
export async function makeEmscripten() {
  await makeFolder({ what: `Emscripten ${emscripten.version}`, dir: home, key }, async (aside, report) => {
    const unpack = async (names, folder) => {
      const packages = join(aside, 'packages');
      mkdirSync(packages);
      await downloadPackages(names, emscripten.suite, packages, report);
      for (const file of readdirSync(packages)) {
        report(`unpacking ${file}`);
        await run('dpkg-deb', ['-x', join(packages, file), folder]);
      }
      rmSync(packages, { recursive: true });
    };
    await unpack(['emscripten'], join(aside, 'debian'));
    await unpack(['binaryen', 'libc6', 'libstdc++6', 'libgcc-s1'], join(aside, 'binaryen'));
    const folder = join(aside, 'emscripten');
    renameSync(join(aside, 'debian/usr/share/emscripten'), folder);
    renameSync(join(aside, 'debian/usr/share/doc/emscripten/copyright'), join(folder, 'LICENSE'));
    rmSync(join(aside, 'debian'), { recursive: true });
    rmSync(join(folder, 'test'), { recursive: true });
    wrapBinaryen(join(aside, 'binaryen'));
    writeFileSync(join(folder, '.emscripten'), configuration);
    // Emscripten's optimizer of JavaScript imports this one module; the package lock says which.
    cpSync(join(root, 'node_modules/acorn'), join(folder, 'node_modules/acorn'), { recursive: true });
    const version = readFileSync(join(folder, 'emscripten-version.txt'), 'utf8').replace(/["\s]/g, '');
    if (version !== emscripten.version)
      throw new Failure(`${emscripten.suite} has Emscripten ${version}, not ${emscripten.version}`);
  });
}
