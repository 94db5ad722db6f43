// Builds what changed: the site (dist/) and the native program, each only when its inputs differ from the last time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lib/lock.mjs';
import { build, dist } from '../lib/paths.mjs';
import { setUp } from '../setup/index.mjs';
import { buildPreset, folders } from './cmake.mjs';
import { hashInputs, isBuilt, markBuilt } from './inputs.mjs';
import { fillDist } from './site.mjs';

// In the order in which they are made: the native program draws for the site.
const products = {
  native: {
    exists: () => existsSync(join(folders['native-release'], 'backstep')),
    make: (setup) => buildPreset('native-release', setup, 'backstep'),
  },
  site: {
    exists: () => existsSync(join(dist, 'index.html')),
    make: async (setup, hash) => {
      await buildPreset('web-release', setup, 'backstep_site');
      await fillDist({ native: isFresh('native', hash) });
    },
  },
};

const isFresh = (name, hash) => isBuilt(name, hash) && products[name].exists();

const locked = (body) => withLock(join(build, '.lock'), body);

/** @param {(keyof typeof products)[]} wanted */
export async function buildProducts(wanted) {
  await locked(async () => {
    const hash = hashInputs();
    const stale = Object.keys(products).filter((name) => wanted.includes(name) && !isFresh(name, hash));
    if (stale.length === 0) return;
    const setup = await setUp();
    for (const name of stale) {
      await products[name].make(setup, hash);
      markBuilt(name, hash);
    }
  });
}

/** The site, and the yardstick that the bench measures with. */
export async function buildForBench() {
  await buildProducts(['site']);
  await locked(async () => buildPreset('web-release', await setUp({ forTests: true }), 'backstep_ceiling'));
}

/** Everything that a test runs; Ninja decides what is up to date. */
export async function buildForTests() {
  await locked(async () => {
    const setup = await setUp({ forTests: true });
    for (const preset of Object.keys(folders)) await buildPreset(preset, setup, 'all');
    await fillDist({ native: true });
  });
}
