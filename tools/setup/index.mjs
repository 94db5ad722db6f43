// Everything that has to be on the machine before the first build. What is there already costs a few milliseconds.
import { dirname, join } from 'node:path';
import { withLock } from '../lib/lock.mjs';
import { cache } from '../lib/paths.mjs';
import { machineSuite } from './apt.mjs';
import { emccOnPath, emscriptenFolder, makeEmscripten } from './emscripten.mjs';
import { makeFontPackages, makeSources, sourceDefinitions } from './libraries.mjs';
import { installNodePackages } from './npm.mjs';
import { findPython, requirePrograms, which } from './requirements.mjs';

/** Elsewhere than on Debian, CMake fetches the libraries itself, and the fonts are the user's affair. */
const ownFonts = process.env.BACKSTEP_FONTS ? [`-DBACKSTEP_FONTS=${process.env.BACKSTEP_FONTS}`] : [];

/**
 * @param {{forTests?: boolean}} wanted  forTests: also what only the tests need
 * @returns {Promise<{emscripten: string, definitions: string[]}>}
 *   emscripten: folder of emcc; definitions: for CMake
 */
export async function setUp({ forTests = false } = {}) {
  return withLock(join(cache, '.lock'), async () => {
    await installNodePackages();
    await requirePrograms({ emcc: emccOnPath() !== '', forTests });
    const onPath = emccOnPath();
    if (!onPath) await makeEmscripten();
    const isDebian = machineSuite() !== '';
    if (isDebian) {
      await makeSources();
      await makeFontPackages();
    }
    return {
      emscripten: onPath ? dirname(which('emcc')) : emscriptenFolder,
      definitions: [`-DBACKSTEP_PYTHON=${findPython()}`, ...(isDebian ? sourceDefinitions() : ownFonts)],
    };
  });
}
