// Whether sources stand as clang-format and prettier would write them; or writes them so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { Failure, run } from '../lib/run.mjs';
import { which } from '../setup/requirements.mjs';
import { llvm } from '../setup/versions.mjs';

const cpp = /\.(cpp|h)$/;
const others = /\.(css|html|js|json|md|mjs|ts)$/;

/** Files that git knows or would add; what is ignored is not ours to format. */
function sources() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter((file) => file && existsSync(join(root, file)));
}

function clangFormat() {
  // Other versions format some lines differently.
  const program = which(`clang-format-${llvm}`);
  if (!program) throw new Failure(`clang-format-${llvm} is missing`);
  return program;
}

const prettier = (args) =>
  run(process.execPath, [join(root, 'node_modules/prettier/bin/prettier.cjs'), ...args], inRoot);
const inRoot = { cwd: root, allowFailure: true };

/** @returns {Promise<{count: number, unformatted: string[]}>} */
export async function checkFormat() {
  const files = sources();
  const own = files.filter((file) => cpp.test(file));
  const rest = files.filter((file) => others.test(file));
  const clang = await run(clangFormat(), ['--dry-run', ...own], inRoot);
  const bad = [...clang.output.matchAll(/^(\S+?):\d+:\d+: warning: code should be clang-formatted/gm)].map((m) => m[1]);
  const pretty = await prettier(['--list-different', '--ignore-unknown', ...rest]);
  if (pretty.code > 1) throw new Failure(pretty.output);
  return {
    count: own.length + rest.length,
    unformatted: [...new Set(bad), ...pretty.output.split('\n').filter(Boolean)],
  };
}

export async function writeFormat() {
  const files = sources();
  await run(clangFormat(), ['-i', ...files.filter((file) => cpp.test(file))], { cwd: root });
  const { code, output } = await prettier([
    '--write',
    '--log-level=warn',
    ...files.filter((file) => others.test(file)),
  ]);
  if (code !== 0) throw new Failure(output);
}
