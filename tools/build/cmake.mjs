// Configures and builds a CMake preset.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { stage } from '../lib/stage.mjs';

/** Build folder of each preset, as in CMakePresets.json. */
export const folders = {
  'native-release': join(build, 'native'),
  'native-debug': join(build, 'native-debug'),
  'web-release': join(build, 'web'),
};

const isWeb = (preset) => preset.startsWith('web');

/**
 * @param {keyof typeof folders} preset
 * @param {{emscripten: string, definitions: string[]}} setup  from setUp()
 * @param {string} target
 */
export async function buildPreset(preset, { emscripten, definitions }, target) {
  const folder = folders[preset];
  const log = join(build, 'logs', `${preset}.log`);
  rmSync(log, { force: true });
  const env = isWeb(preset) ? { PATH: `${emscripten}${delimiter}${process.env.PATH}` } : {};
  await stage(`build ${preset}`, async (report) => {
    const cmake = (args) => run('cmake', args, { cwd: root, env, log, onLine: report });
    // Another compiler or other sources mean another build: CMake starts afresh.
    const configuration = JSON.stringify([isWeb(preset) && emscripten, definitions]);
    const stamp = join(folder, '.configured');
    const isConfigured = existsSync(stamp) && readFileSync(stamp, 'utf8') === configuration;
    if (!isConfigured) {
      await cmake(['--preset', preset, '--fresh', ...definitions]);
      writeFileSync(stamp, configuration);
    }
    await cmake(['--build', '--preset', preset, '--target', target]);
  });
}
