// The few npm packages: installed from the lock file when they are missing or do not match it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { stage } from '../lib/stage.mjs';

const versions = (file) => {
  try {
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return new Map(Object.entries(packages).map(([name, { version, optional }]) => [name, { version, optional }]));
  } catch {
    return new Map();
  }
};

/** npm writes what it has installed into a lock file of its own. */
function isUpToDate() {
  const installed = versions(join(root, 'node_modules/.package-lock.json'));
  return [...versions(join(root, 'package-lock.json'))].every(
    ([name, { version, optional }]) => name === '' || optional || installed.get(name)?.version === version,
  );
}

export async function installNodePackages() {
  if (isUpToDate()) return;
  await stage('npm packages', async (report) => {
    await run('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      log: join(cache, 'logs/npm.log'),
      onLine: report,
    });
  });
}
