// npm test: builds everything, then runs every check. The last line is "N passed, N failed".
import { buildForTests } from './build/index.mjs';
import { main } from './lib/run.mjs';
import * as stages from './test/stages.mjs';

const total = { passed: 0, failed: 0 };
const shownLines = 60;

/** Runs one stage, prints its line, and on failure the end of what it printed. An error counts as one failure. */
async function perform(what, stage) {
  const started = performance.now();
  let result;
  try {
    result = await stage();
  } catch (error) {
    result = { passed: 0, failed: 1, output: error.message };
  }
  total.passed += result.passed;
  total.failed += result.failed;
  if (result.failed > 0) console.log(result.output.split('\n').slice(-shownLines).join('\n'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `  ${what.padEnd(44)} ${`${result.passed} passed, ${result.failed} failed`.padEnd(26)} ${seconds.padStart(7)} s`,
  );
  return result;
}

await main(async () => {
  try {
    await buildForTests();
  } catch (error) {
    console.log(error.message);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  await perform('includes', stages.includes);
  await perform('format', stages.format);
  const native = await perform('doctest, native release', stages.nativeRelease);
  await perform('doctest, native with sanitizers', stages.nativeDebug);
  await perform('doctest, WebAssembly in node', () => stages.web(native));
  await perform('reference vectors, native', stages.vectorsNative);
  await perform('reference vectors, WebAssembly in node', stages.vectorsWeb);
  await perform('JavaScript', () => stages.nodeTests('tests/js'));
  await perform('browser', () => stages.nodeTests('tests/browser'));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
});
