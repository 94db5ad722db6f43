// Files that the reader gives: pictures, scenes and weights, chosen, dropped or pasted.
import { decodePicture } from './picture.mjs';

/** @typedef {import('./program.mjs').Program} Program */

// Bytes of the largest file that is read. Scenes have the parser's own limit, which its message names.
const MOST_BYTES = { picture: 128 * 2 ** 20, scene: 64 * 2 ** 20, weights: 64 * 2 ** 20 };

/** @param {File} file @returns {'picture' | 'scene' | 'weights'} */
function kindOf(file) {
  if (/\.json$/i.test(file.name) || file.type === 'application/json') return 'scene';
  if (/\.safetensors$/i.test(file.name)) return 'weights';
  return 'picture';
}

/**
 * Gives one file to the program; what goes wrong on the way is told through the program too, which shows it.
 * @param {File} file
 * @param {Program} program
 */
async function openFile(file, program) {
  const kind = kindOf(file);
  try {
    if (file.size > MOST_BYTES[kind]) {
      const megabytes = (bytes) => Math.round(bytes / 2 ** 20);
      throw new Error(
        `“${file.name}” has ${megabytes(file.size)} MB; at most ${megabytes(MOST_BYTES[kind])} are read. Nothing was changed.`,
      );
    }
    if (kind === 'picture') program.picture(await decodePicture(file));
    else program.file(kind, new Uint8Array(await file.arrayBuffer()), file.name);
  } catch (error) {
    program.fail(error instanceof RangeError ? `There is not enough memory for “${file.name}”.` : error.message);
  }
}

/**
 * @param {Iterable<File>} files of which the first is taken
 * @param {Program} program
 */
export async function openFiles(files, program) {
  const [file] = files;
  if (file) await openFile(file, program);
}

/**
 * The whole page takes files that are dropped on it or pasted into it.
 * @param {Program} program
 */
export function acceptFiles(program) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault(); // or the browser would open the file instead of the page
  });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    openFiles(event.dataTransfer.files, program);
  });
  document.addEventListener('paste', (event) => openFiles(event.clipboardData?.files ?? [], program));
}
