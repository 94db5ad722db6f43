// Whether anything changed since the last build: one hash over names and contents of the files that a build reads.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, root } from '../lib/paths.mjs';

const folders = ['cmake', 'engine', 'shaders', 'tools', 'web'];
const rootFiles = /\.(txt|json|html)$|^LICENSE$/;

function* filesBelow(folder) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // a folder that does not exist has no files
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

export function hashInputs() {
  const hash = createHash('sha256');
  const top = readdirSync(root).filter((name) => rootFiles.test(name));
  for (const file of [...top.sort().map((name) => join(root, name)), ...folders.flatMap((name) => [...filesBelow(join(root, name))])]) {
    const text = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}

const stampOf = (product) => join(build, `.built-${product}`);

/** True when the product was last built from files that hash to the same value. */
export function isBuilt(product, hash) {
  try {
    return readFileSync(stampOf(product), 'utf8') === hash;
  } catch {
    return false;
  }
}

export function markBuilt(product, hash) {
  mkdirSync(dirname(stampOf(product)), { recursive: true });
  writeFileSync(stampOf(product), hash);
}
