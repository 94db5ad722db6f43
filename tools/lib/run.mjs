// Starts programs: output goes to a log file, the terminal sees a line of progress, a failure shows the end of the log.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** An expected failure: its message is for the reader, without a stack trace. */
export class Failure extends Error {}

const tailLines = 40;

/**
 * Runs a program to its end and returns its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, log?: string, onLine?: (line: string) => void, allowFailure?: boolean, timeout?: number}} options
 *   log: file that gets all output (appended); onLine: called for each line; allowFailure: return instead of throwing; timeout: in milliseconds
 * @returns {Promise<{code: number, output: string}>}
 */
export async function run(command, args, { cwd, env, log, onLine, allowFailure = false, timeout } = {}) {
  if (log) mkdirSync(dirname(log), { recursive: true });
  const file = log && createWriteStream(log, { flags: 'a' });
  file?.write(`$ ${[command, ...args].join(' ')}\n`);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
  });
  const lines = [];
  const take = (line) => {
    lines.push(line);
    file?.write(line + '\n');
    onLine?.(line);
  };
  const streams = [child.stdout, child.stderr].map((input) => {
    const reader = createInterface({ input });
    reader.on('line', take);
    return new Promise((done) => reader.on('close', done));
  });
  const code = await new Promise((done, fail) => {
    child.on('error', (error) => fail(new Failure(`cannot start ${command}: ${error.message}`)));
    child.on('close', (status, signal) => done(status ?? (signal ? 128 : 1)));
  });
  await Promise.all(streams);
  if (file) await new Promise((done) => file.end(done));
  if (code !== 0 && !allowFailure) {
    const shown = lines.slice(-tailLines).join('\n');
    throw new Failure(`${shown}\n${command} failed with exit code ${code}${log ? `; all of its output: ${log}` : ''}`);
  }
  return { code, output: lines.join('\n') };
}

/** Runs the body of a command-line tool: a Failure prints its message alone, anything else its stack; both exit 1. */
export async function main(body) {
  // An interrupt ends the process the orderly way, so that locks are released.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exit(1);
  }
}
