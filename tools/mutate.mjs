// npm run mutate: do the tests notice? Ten faults are put into a copy of the engine, one is switched on at a time, and
// the engine's tests and the reference vectors are run. A fault that nothing catches makes the run fail.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { doctestCounts, verifyCounts } from './lib/counts.mjs';
import { withLock } from './lib/lock.mjs';
import { build, root } from './lib/paths.mjs';
import { Failure, main, run } from './lib/run.mjs';
import { stage } from './lib/stage.mjs';
import { faults, scaffold } from './mutate/faults.mjs';
import { setUp } from './setup/index.mjs';

const folder = join(build, 'mutate');
const tree = join(folder, 'tree');
const binaries = join(folder, 'build');
const log = join(build, 'logs', 'mutate.log');
const longest = 10 * 60 * 1000;

// Cases that fail for almost any fault say little about it: the table names others where there are some.
const isBroad = /^(every layer|exactness|verify|preset|address|scene|trainer|weights|hashes)\b/;

const copied = ['engine', 'cmake', 'tests/engine', 'tests/layers', 'tests/vectors'];

function filesBelow(base, part) {
  return readdirSync(join(base, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(base.length + 1));
}

const patches = [{ title: 'scaffold', patches: scaffold }, ...faults].flatMap((fault) =>
  fault.patches.map((patch) => ({ title: fault.title, ...patch })),
);

/** Every fault must still find its place: one that changes nothing would look like one that nothing catches. */
function checkPatches() {
  const missing = patches.filter(({ file, find }) => {
    const path = join(root, file);
    return (
      !copied.some((part) => file.startsWith(`${part}/`)) ||
      !existsSync(path) ||
      !`${readFileSync(path)}`.includes(find)
    );
  });
  if (missing.length === 0) return;
  const lines = missing.map(({ title, file, find }) => `  ${title}: no "${find}" in ${file}`);
  throw new Failure(`These faults no longer apply; bring tools/mutate/faults.mjs up to date:\n${lines.join('\n')}`);
}

/** A file's text with the patches that are meant for it. */
function patched(file) {
  const bytes = readFileSync(join(root, file));
  const all = patches.filter((patch) => patch.file === file);
  if (all.length === 0) return bytes;
  let text = bytes.toString();
  for (const { title, find, replace } of all) {
    if (!text.includes(find)) throw new Failure(`${title}: an earlier patch took "${find}" out of ${file}`);
    text = text.replaceAll(find, replace);
  }
  const pragma = '#pragma once\n';
  const include = '#include "fault.h"\n';
  return Buffer.from(text.includes(pragma) ? text.replace(pragma, pragma + include) : include + text);
}

/** Brings the copy up to date. Files that stay the same keep their times, so that a second run compiles nothing. */
function makeTree() {
  const wanted = new Map(copied.flatMap((part) => filesBelow(root, part)).map((file) => [file, patched(file)]));
  for (const file of ['tests/main.cpp', 'tests/hashes.json']) wanted.set(file, patched(file));
  for (const file of ['CMakeLists.txt', 'fault.h', 'main.cpp'])
    wanted.set(file, readFileSync(join(root, 'tools/mutate', file)));
  mkdirSync(tree, { recursive: true });
  for (const file of filesBelow(tree, '.')) if (!wanted.has(file)) rmSync(join(tree, file));
  for (const [file, bytes] of wanted) {
    const target = join(tree, file);
    if (existsSync(target) && readFileSync(target).equals(bytes)) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}

/** Runs the tests with one fault, or with none for 0. */
async function runTests(fault) {
  const options = { cwd: tree, env: { BACKSTEP_FAULT: `${fault}` }, log, allowFailure: true, timeout: longest };
  const started = performance.now();
  const tests = await run(join(binaries, 'mutant_tests'), [], options);
  const vectors = await run(join(binaries, 'mutant_program'), ['verify', 'tests/vectors'], options);
  // A crash is a catch; a program that was stopped from outside says nothing.
  if (performance.now() - started > longest) throw new Failure(`the tests took longer than ${longest / 60000} minutes`);
  const counts = doctestCounts(tests.output);
  const cases = [...new Set([...tests.output.matchAll(/^TEST CASE:\s+(.*)$/gm)].map(([, name]) => name))];
  return {
    caught: tests.code !== 0 || vectors.code !== 0,
    tests: counts ? `${counts.failed}` : `ended with exit code ${tests.code}`,
    vectors: verifyCounts(vectors.output)?.failed ?? `ended with exit code ${vectors.code}`,
    first: [...cases.filter((name) => !isBroad.test(name)), ...cases].slice(0, 2),
  };
}

async function buildMutants() {
  await stage('build the faults', async (report) => {
    makeTree();
    const { definitions } = await setUp({ forTests: true });
    const cmake = (args) => run('cmake', args, { cwd: tree, log, onLine: report });
    const flags = ['-DCMAKE_BUILD_TYPE=Debug', '-DCMAKE_CXX_FLAGS_DEBUG=-O1'];
    await cmake(['-G', 'Ninja', '-S', tree, '-B', binaries, ...flags, ...definitions]);
    await cmake(['--build', binaries, '--target', 'mutant_tests', 'mutant_program']);
  });
}

await main(async () => {
  await withLock(join(build, '.mutate-lock'), async () => {
    rmSync(log, { force: true });
    checkPatches();
    await buildMutants();
    const sound = await runTests(0);
    if (sound.caught) throw new Failure(`the tests fail without any fault; all of their output: ${log}`);
    console.log('| fault | test cases that fail | among them | reference vectors that fail |');
    console.log('| --- | ---: | --- | ---: |');
    let missed = 0;
    for (const [i, { title }] of faults.entries()) {
      const result = await runTests(i + 1);
      if (!result.caught) missed += 1;
      const among = result.caught ? result.first.join('; ') : 'NOT CAUGHT';
      console.log(`| ${title} | ${result.tests} | ${among} | ${result.vectors} |`);
    }
    console.log(`${faults.length - missed} caught, ${missed} missed`);
    if (missed > 0) process.exitCode = 1;
  });
});
