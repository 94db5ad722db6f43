// The programs that building and testing need: what is looked for, and the Debian package that brings it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '../lib/run.mjs';
import { hasApt, install, machineSuite } from './apt.mjs';
import { emscripten, llvm } from './versions.mjs';

/** Full path of a program on PATH, or empty. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return '';
}

const program = (name) => () => which(name) !== '';
const file = (path) => () => existsSync(path);

/** A python3 that has fontTools: the system's own may stand behind another one on PATH. Empty when there is none. */
export const findPython = () =>
  ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import fontTools'], { stdio: 'ignore' }).status === 0,
  ) ?? '';

const building = [
  { package: 'g++', found: program('c++') },
  { package: 'cmake', found: program('cmake') },
  { package: 'ninja-build', found: program('ninja') },
  { package: 'python3', found: program('python3') },
  { package: 'python3-fonttools', found: () => findPython() !== '' },
];
/** For the Emscripten that is unpacked into the cache, and for unpacking sources. */
const unpacking = [
  { package: `clang-${llvm}`, found: file(`/usr/lib/llvm-${llvm}/bin/clang`) },
  { package: `lld-${llvm}`, found: file(`/usr/lib/llvm-${llvm}/bin/wasm-ld`) },
  { package: `llvm-${llvm}`, found: file(`/usr/lib/llvm-${llvm}/bin/llvm-ar`) },
  { package: 'xz-utils', found: program('xz') },
];
const testing = [
  { package: 'chromium', found: () => findChromium() !== '' },
  { package: `clang-format-${llvm}`, found: program(`clang-format-${llvm}`) },
];

/** The Chromium that browser tests drive. */
export const findChromium = () => ['chromium', 'chromium-browser', 'google-chrome'].map(which).find(Boolean) ?? '';

const isDebianWithEmscripten = () => !['', 'bullseye', 'bookworm'].includes(machineSuite());

/**
 * Makes sure that the needed programs are there: installs Debian packages, or says what to do and fails.
 * @param {{emcc: string, forTests: boolean}} wanted  emcc: version of a usable one on PATH, or empty
 */
export async function requirePrograms({ emcc, forTests }) {
  const wanted = [...building, ...(forTests ? testing : [])];
  if (!emcc && isDebianWithEmscripten()) wanted.push({ package: 'emscripten', found: () => false });
  else if (!emcc) wanted.push(...unpacking);
  const missing = wanted.filter((requirement) => !requirement.found()).map((requirement) => requirement.package);
  if (missing.length === 0 && (emcc || machineSuite())) return;
  if (!hasApt() || !machineSuite()) {
    const names = missing.filter((name) => !unpacking.some((requirement) => requirement.package === name));
    throw new Failure(
      'This system is not a Debian, so the set-up cannot install what is missing. Please install:\n' +
        (emcc
          ? ''
          : `  emsdk with Emscripten ${emscripten.version} or newer, its emcc on PATH (emscripten.org/docs/getting_started)\n`) +
        (names.length ? `  what Debian calls: ${names.join(' ')}\n` : '') +
        'Then run the same command again.',
    );
  }
  await install(missing);
}
