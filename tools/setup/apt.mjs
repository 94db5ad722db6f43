// Debian's packages: installing the missing ones, and a private apt that can fetch from another suite without touching the system.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, run } from '../lib/run.mjs';
import { cache } from '../lib/paths.mjs';
import { stage } from '../lib/stage.mjs';
import { emscripten, fonts, libraries } from './versions.mjs';

const aptLog = join(cache, 'logs', 'apt.log');

const readIfThere = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

export const hasApt = () => spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

/** The suite the machine runs, e.g. bookworm; empty where it is not a Debian. */
export function machineSuite() {
  const release = readIfThere('/etc/os-release');
  return /^ID=debian$/m.test(release) ? (/^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1] ?? '') : '';
}

/** Turns apt's own progress lines (APT::Status-Fd) into something short; other lines are not shown. */
const aptProgress = (report) => (line) => {
  const status = /^(?:dl|pm)status:[^:]*:([\d.]+):(.*)$/.exec(line);
  if (status) report(`${Math.round(Number(status[1]))} %  ${status[2]}`);
};

const isRoot = () => process.getuid?.() === 0;

/** How this user can become root: directly, by sudo without a question, by sudo on a terminal, or not at all. */
function rootPrefix() {
  if (isRoot()) return [];
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
  const hasSudo = spawnSync('sudo', ['-V'], { stdio: 'ignore' }).status === 0;
  // The question is asked here, with the terminal to itself; later calls find the answer remembered.
  if (hasSudo && process.stdin.isTTY && spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0)
    return ['sudo', '-n'];
  return null;
}

/** Installs packages, or says exactly what to run. */
export async function install(packages) {
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
  const prefix = rootPrefix();
  if (!prefix) {
    throw new Failure(
      `These Debian packages are missing, and this user cannot install them. Run as root, then run this command again:\n` +
        `  apt-get update && ${command.join(' ')}`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const asRoot = (args, onLine) => {
    const [program, ...rest] = [...prefix, 'env', ...Object.entries(env).map(([k, v]) => `${k}=${v}`), ...args];
    return run(program, rest, { log: aptLog, onLine });
  };
  await stage(`Debian packages: ${packages.join(' ')}`, async (report) => {
    await asRoot(['apt-get', 'update', '-q'], report);
    // What the packages' scripts say goes into the log itself: one that cannot write to a busy reader fails, and leaves
    // others unconfigured (seen with fontconfig). A second call finishes what a first one left, whatever the cause.
    const quietly = ['sh', '-c', 'exec "$@" 3>&1 >>"$0"', aptLog];
    const options = ['-q', '-o', 'APT::Status-Fd=3', '-o', 'Dpkg::Use-Pty=0'];
    const install = () => asRoot([...quietly, ...command, ...options], aptProgress(report));
    await install().catch(install);
  });
}

/** Mirrors that carry a suite, from a list in the one-line style: "deb [signed-by=/key] http://mirror suite main". */
export function mirrorsInList(text, suite) {
  const entries = text.split('\n').map((line) => /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+/.exec(line.trim()));
  return entries
    .filter((entry) => entry?.[3] === suite)
    .map((entry) => ({ uri: entry[2], keyring: /signed-by=(\S+)/.exec(entry[1] ?? '')?.[1] }));
}

/** The same from the newer style, paragraphs of fields. */
export function mirrorsInSources(text, suite) {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'mi').exec(paragraph)?.[1].trim() ?? '';
    const isOn = !/^no$/i.test(field('Enabled')) && field('Types').split(/\s+/).includes('deb');
    if (!isOn || !field('Suites').split(/\s+/).includes(suite)) return [];
    const key = field('Signed-By'); // a path, or the key itself
    return field('URIs')
      .split(/\s+/)
      .map((uri) => ({ uri, keyring: key.startsWith('/') ? key : undefined }));
  });
}

/** The machine's own mirrors of a suite. */
function configuredMirrors(suite) {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const read = (ending) => names.filter((name) => name.endsWith(ending)).map((name) => readIfThere(join(folder, name)));
  return [
    ...[readIfThere('/etc/apt/sources.list'), ...read('.list')].flatMap((text) => mirrorsInList(text, suite)),
    ...read('.sources').flatMap((text) => mirrorsInSources(text, suite)),
  ];
}

/** Suites that the private apt sees; what is fetched names one of them. */
const suites = [emscripten, ...libraries, fonts].map(({ suite }) => suite);

/**
 * Writes the private apt's source list: the machine's own Debian mirror with the suite's name replaced.
 * @returns {string[]} the options that make apt-get use own lists and an own cache; the system's state is only read
 */
function privateOptions() {
  const own = machineSuite();
  const [mirror] = configuredMirrors(own);
  if (!mirror) throw new Failure(`No apt source for this Debian's suite "${own}" is configured.`);
  const home = join(cache, 'apt');
  for (const folder of ['lists/partial', 'archives/partial']) mkdirSync(join(home, folder), { recursive: true });
  const list = join(home, 'suites.sources');
  const keyring = mirror.keyring ?? '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(
    list,
    `Types: deb deb-src\nURIs: ${mirror.uri}\nSuites: ${[...new Set(suites)].join(' ')}\nComponents: main\nSigned-By: ${keyring}\n`,
  );
  const options = {
    'Dir::Etc::SourceList': list,
    'Dir::Etc::SourceParts': '-',
    'Dir::State::Lists': join(home, 'lists'),
    'Dir::Cache': home,
    'APT::Sandbox::User': 'root', // the cache may lie where apt's own user cannot go
    'Acquire::Languages': 'none',
    'APT::Status-Fd': '1',
  };
  return ['-q', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

let options; // once for each run of the set-up, with fresh lists

/** Runs a command of the private apt in a folder. */
async function privateApt(args, folder, report) {
  const call = (more, cwd) => run('apt-get', [...options, ...more], { cwd, log: aptLog, onLine: aptProgress(report) });
  if (!options) {
    options = privateOptions();
    await call(['update'], cache);
  }
  await call(args, folder);
}

/** Downloads binary packages of a suite into a folder, without installing anything. */
export async function downloadPackages(names, suite, folder, report) {
  await privateApt(['download', ...names.map((name) => `${name}/${suite}`)], folder, report);
}

/** Downloads the upstream archive of a source package; Debian's patches are for its own builds. */
export async function downloadSource(name, suite, folder, report) {
  await privateApt(['source', '--download-only', '--only-source', '--tar-only', `${name}/${suite}`], folder, report);
}
