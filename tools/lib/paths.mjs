// Where everything lies: the checkout, what is built, and the cache that a clean build leaves alone.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
export const dist = join(root, 'dist');
export const build = join(root, 'build');

/** Toolchain, library sources and built libraries: slow to make, the same for every checkout. */
export const cache = resolve(
  process.env.BACKSTEP_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'backstep'),
);
