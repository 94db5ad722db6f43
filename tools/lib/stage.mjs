// A stage prints one line (what, how long). On a terminal the line is alive while the stage runs.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const stampName = '.backstep-stage';

/**
 * Runs body and prints its line. body gets a function that shows what it is doing just now.
 * @template T
 * @param {string} what
 * @param {(report: (doing: string) => void) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function stage(what, body) {
  const started = performance.now();
  const live = process.stdout.isTTY;
  let doing = '';
  const draw = () => {
    const line = `  ${what}  ${seconds(started)}  ${doing}`;
    process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  const timer = live && setInterval(draw, 250);
  let outcome = 'failed after ';
  try {
    const result = await body((text) => (doing = text));
    outcome = '';
    return result;
  } finally {
    if (live) {
      clearInterval(timer);
      process.stdout.write('\r\x1b[K');
    }
    console.log(`  ${what.padEnd(52)} ${outcome}${seconds(started).padStart(8)}`);
  }
}

/** True when dir was completed by a stage with this key. */
export function isComplete(dir, key) {
  try {
    return readFileSync(join(dir, stampName), 'utf8') === key;
  } catch {
    return false;
  }
}

/**
 * Makes dir, atomically: body fills a folder aside, which is stamped and renamed when body has succeeded. Does nothing when dir
 * already stands there with the same key; an interrupted run leaves nothing that looks complete.
 * @param {{what: string, dir: string, key: string}} product  key: everything that decides the content
 * @param {(aside: string, report: (doing: string) => void) => Promise<void>} body
 */
export async function makeFolder({ what, dir, key }, body) {
  if (isComplete(dir, key)) return;
  mkdirSync(dirname(dir), { recursive: true });
  await stage(what, async (report) => {
    const aside = `${dir}.partial`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside);
    await body(aside, report);
    writeFileSync(join(aside, stampName), key);
    if (existsSync(dir)) rmSync(dir, { recursive: true });
    renameSync(aside, dir);
  });
}
