// node tools/lessons.mjs: the lesson's pages anew, in a site that is built already.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from './build/cmake.mjs';
import { buildLessons } from './lessons/index.mjs';
import { dist } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { stage } from './lib/stage.mjs';

const native = join(folders['native-release'], 'backstep');

await main(() =>
  stage('lesson', async () => {
    // The server prefers compressed twins, and those of the pages before say what the pages said before.
    for (const name of readdirSync(dist, { recursive: true }))
      if (/^(index|lesson[/\\].*)\.\w+\.(br|gz)$/.test(name)) rmSync(join(dist, name));
    await buildLessons(dist, existsSync(native) ? [native] : [process.execPath, join(dist, 'backstep-cli.mjs')]);
  }),
);
