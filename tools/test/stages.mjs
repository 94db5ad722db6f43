// The stages of npm test after the builds. Each returns how many checks passed and failed, and what to show on failure.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../build/cmake.mjs';
import { checkFormat } from '../checks/format.mjs';
import { checkIncludes } from '../checks/includes.mjs';
import { doctestCounts, nodeTestCounts, tapFailures, verifyCounts } from '../lib/counts.mjs';
import { dist, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

/** @typedef {{passed: number, failed: number, output: string}} Result */

const longest = 25 * 60 * 1000; // of one stage, on a busy machine

/** Runs a program whose output ends in counts. No counts, or an exit code that does not fit them, is a failure. */
async function counted(command, args, counts, env) {
  const { code, output } = await run(command, args, { cwd: root, env, allowFailure: true, timeout: longest });
  const found = counts(output);
  if (!found || found.passed + found.failed === 0)
    return { passed: 0, failed: 1, output: `${output}\nprinted no counts (exit code ${code})` };
  if (code !== 0 && found.failed === 0)
    return { ...found, failed: 1, output: `${output}\nended with exit code ${code}` };
  return { ...found, output };
}

/** A check that lists breaches, each line beginning with the file: a file counts once. */
function listed(count, breaches, hint = '') {
  const files = new Set(breaches.map((line) => line.split(':')[0]));
  return { passed: count - files.size, failed: files.size, output: [...breaches, hint].join('\n') };
}

const strict = { UBSAN_OPTIONS: 'print_stacktrace=1', ASAN_OPTIONS: 'detect_stack_use_after_return=1' };
const plain = ['--no-colors'];
const tests = (preset) => join(folders[preset], 'tests/backstep_tests');

export const includes = async () => {
  const { count, breaches } = checkIncludes(root);
  return listed(count, breaches);
};

export const format = async () => {
  const { count, unformatted } = await checkFormat();
  return listed(count, unformatted, '"npm run format" writes them as they should be.');
};

export const nativeRelease = () => counted(tests('native-release'), plain, doctestCounts);
export const nativeDebug = () => counted(tests('native-debug'), plain, doctestCounts, strict);

/** The same cases as WebAssembly: fewer of them than natively means that some were not compiled in or not run. */
export async function web(native) {
  const result = await counted(process.execPath, [`${tests('web-release')}.mjs`, ...plain], doctestCounts);
  const [cases, nativeCases] = [result, native].map(({ passed, failed }) => passed + failed);
  if (cases === nativeCases) return result;
  return {
    ...result,
    failed: result.failed + 1,
    output: `${result.output}\n${cases} cases, but ${nativeCases} natively`,
  };
}

const vectors = join(root, 'tests/vectors');
export const vectorsNative = () =>
  counted(join(folders['native-release'], 'backstep'), ['verify', vectors], verifyCounts);
export const vectorsWeb = () =>
  counted(process.execPath, [join(dist, 'backstep-cli.mjs'), 'verify', vectors], verifyCounts);

/** All *.test.mjs of a folder by node's own test runner, one file at a time: browsers and builds share few cores. */
export async function nodeTests(folder) {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.test.mjs'));
  if (files.length === 0) return { passed: 0, failed: 1, output: `${folder} has no tests` };
  const args = ['--test', '--test-reporter=tap', '--test-concurrency=1', ...files.map((name) => join(folder, name))];
  const result = await counted(process.execPath, args, nodeTestCounts);
  return { ...result, output: tapFailures(result.output) || result.output };
}
