// Starts the program in its page: checks the browser, loads the program, and joins it to the canvas, the mirror, the
// address and the system.
import { AddressWriter, addressHash, addressJson } from './address.mjs';
import { attachCanvas, openContext } from './canvas.mjs';
import { followEnvironment } from './environment.mjs';
import { copyText, saveCanvas, saveText } from './errands.mjs';
import { CellField } from './field.mjs';
import { acceptFiles, openFiles } from './files.mjs';
import { Mirror } from './mirror.mjs';
import { Panel } from './panel.mjs';
import { startProgram } from './program.mjs';
import { NO_WEBGL, missingFeature } from './support.mjs';

const find = (name) => document.querySelector(`[data-backstep="${name}"]`);

/** Replaces everything the status says. @param {string} sentence */
function showStatus(sentence) {
  const status = find('status');
  status.hidden = false;
  status.textContent = sentence;
}

/** @param {string} json the theme's colours by name */
function applyTheme(json) {
  const { scheme, ...colours } = JSON.parse(json);
  const { style } = document.documentElement;
  style.colorScheme = scheme;
  for (const [name, colour] of Object.entries(colours)) style.setProperty(`--${name}`, colour);
}

/**
 * @param {object} [ways] in which another page differs from the site's own
 * @param {typeof addressJson} [ways.addressJson] what an address asks for
 * @param {typeof addressHash} [ways.addressHash] and the other way round
 * @param {(fields: import('./mirror.mjs').MirrorFields) => void} [ways.changed] hears of each change of the state
 * @returns {Promise<import('./program.mjs').Program | undefined>} nothing where it cannot run, which the page then says
 */
async function start(ways = {}) {
  const missing = missingFeature();
  if (missing) {
    showStatus(missing);
    return undefined;
  }

  const canvas = document.querySelector('#canvas');
  // The program is on its way meanwhile: the page's head asks for it.
  if (!openContext(canvas)) {
    showStatus(NO_WEBGL);
    return undefined;
  }
  let program = null;
  const intent = (kind, value) => program?.intent(kind, value);
  const tell = (sentence) => intent('notify', sentence);
  const mirror = new Mirror(find('mirror'), canvas, intent, (files) => program && openFiles(files, program));
  const field = new CellField(canvas, intent);
  const panel = new Panel(canvas.parentElement, intent);
  const address = new AddressWriter(() => program.writeAddress(), ways.addressHash ?? addressHash);
  const asked = () => (ways.addressJson ?? addressJson)(location.hash);

  const hooks = {
    presets: (json) => mirror.setPresets(JSON.parse(json)),
    mirror(json) {
      const fields = JSON.parse(json);
      mirror.apply(fields);
      panel.apply(fields);
      ways.changed?.(fields);
      if (program) address.changed(); // and not for what the address itself has just said
    },
    theme: applyTheme,
    address: (json) => address.write(json),
    field: (json) => field.show(JSON.parse(json)),
    panel: (json) => panel.setLayers(JSON.parse(json)),
    frames(count) {
      mirror.setFrames(count);
      find('status').hidden = true;
    },
    chooseFile: () => mirror.chooseFile(),
    typeCell: () => mirror.typeCell(),
    copy: (text) => copyText(text, 'Formula', tell),
    copyLink() {
      program.writeAddress();
      copyText(location.href, 'Link', tell);
    },
    save: (json) => saveText(json, tell),
    saveCanvas: (name) => saveCanvas(canvas, name, tell),
    openLesson: () => location.assign(new URL('lesson/index.html', document.baseURI)),
    leaveCanvas: () => canvas.blur(),
  };
  const progress = find('status').querySelector('progress');
  const started = await startProgram(canvas, hooks, {
    onProgress: (share) => (progress.value = share),
    onAbort: () =>
      showStatus('Backstep stopped because of an error of its own. Reload the page; the address keeps your place.'),
  });

  // The environment first: in another page an address that says nothing starts no tour.
  followEnvironment(started);
  started.address(asked());
  program = started;
  addEventListener('hashchange', () => program.address(asked()));
  acceptFiles(program);
  attachCanvas(canvas, program);
  canvas.placeOf = (name, index) => started.placeOf(name, index);
  return program;
}

/** @type {typeof start} */
export const startPage = (ways) =>
  start(ways).catch((error) => {
    console.error(error);
    showStatus(`Backstep could not be loaded: ${error.message}`);
  });
