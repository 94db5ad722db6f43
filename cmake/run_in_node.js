// A module made by Emscripten only exports a factory, so that "node program.mjs" would do nothing and exit 0. This is
// appended to the module: started as a program it runs, with the arguments, and its exit code becomes node's.
const { realpathSync } = await import('node:fs');
const { pathToFileURL } = await import('node:url');
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  await Module({ arguments: process.argv.slice(2) });
}
