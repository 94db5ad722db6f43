// Sources of the third-party libraries and the fonts, in the cache: where CMake's FetchContent and the font subsetter are
// pointed at them.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../lib/paths.mjs';
import { Failure, run } from '../lib/run.mjs';
import { makeFolder } from '../lib/stage.mjs';
import { downloadPackages, downloadSource } from './apt.mjs';
import { fonts, libraries } from './versions.mjs';

const folderOf = ({ name, version }) => join(cache, 'sources', `${name}-${version}`);

/** Folder with the unpacked font packages: fonts and, under usr/share/doc, their licences. */
const fontPackages = join(cache, 'fonts');

/** The CMake definitions that point FetchContent and the font subsetter at the cache. */
export const sourceDefinitions = () => [
  ...libraries.map((library) => `-DFETCHCONTENT_SOURCE_DIR_${library.name.toUpperCase()}=${folderOf(library)}`),
  `-DBACKSTEP_FONTS=${join(fontPackages, 'usr/share/fonts')}`,
];

/** Unpacks the upstream archives that Debian keeps; apt checks them against the signed index of the suite. */
export async function makeSources() {
  for (const library of libraries) {
    const what = `sources of ${library.name} ${library.version}`;
    await makeFolder({ what, dir: folderOf(library), key: `${what}, recipe 1` }, async (aside, report) => {
      await downloadSource(library.source, library.suite, aside, report);
      const [archive] = readdirSync(aside);
      if (!archive.includes(`_${library.version}`)) throw new Failure(`${what}: the suite has ${archive}`);
      await run('tar', ['-xf', archive, '--strip-components=1'], { cwd: aside });
      rmSync(join(aside, archive));
    });
  }
}

export async function makeFontPackages() {
  const key = `${fonts.packages.join(' ')} ${fonts.suite}, recipe 1`;
  await makeFolder({ what: `fonts: ${fonts.packages.join(' ')}`, dir: fontPackages, key }, async (aside, report) => {
    await downloadPackages(fonts.packages, fonts.suite, aside, report);
    for (const file of readdirSync(aside).filter((name) => name.endsWith('.deb'))) {
      await run('dpkg-deb', ['-x', file, aside], { cwd: aside });
      rmSync(join(aside, file));
    }
  });
}
