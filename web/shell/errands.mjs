// What only the page can do for the reader: the clipboard, and files that are saved. Each tells what came of it.

/** @typedef {(sentence: string) => void} Tell */

/** The old way of copying, for pages that may not use the clipboard's interface. @param {string} text */
function copyBySelection(text) {
  const field = document.createElement('textarea');
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/**
 * @param {string} text
 * @param {string} what "Link", "Formula"
 * @param {Tell} tell
 */
export async function copyText(text, what, tell) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelection(text)) return tell(`The browser does not let this page copy. Here it is: ${text}`);
  }
  tell(`${what} copied`);
}

/**
 * @param {Blob} blob
 * @param {string} name
 * @param {Tell} tell
 */
function saveBlob(blob, name, tell) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Not at once: the browser still has to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell(`Saved as ${name}`);
}

/** @param {string} json {name, text} @param {Tell} tell */
export function saveText(json, tell) {
  const { name, text } = JSON.parse(json);
  saveBlob(new Blob([text], { type: 'image/svg+xml' }), name, tell);
}

/** What the canvas shows at this moment; to be called before the browser goes on. @param {Tell} tell */
export function saveCanvas(canvas, name, tell) {
  canvas.toBlob((blob) => (blob ? saveBlob(blob, name, tell) : tell('The browser could not make a picture of it.')));
}
