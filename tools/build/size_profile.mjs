// Where the bytes of a WebAssembly module are: sections, and every function by its name from Emscripten's symbol map.
import { readFileSync } from 'node:fs';

const sectionNames = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data'];
const codeSection = 10;
const importSection = 2;

/** Reads the binary format front to back. */
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  /** An unsigned number of 7 bits a byte, least significant first. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  skip(count) {
    this.at += count;
  }
}

/** Functions that come from outside are counted first in the module's numbering. */
function countImportedFunctions(reader) {
  let functions = 0;
  const limits = () => {
    const flags = reader.number();
    reader.number();
    if (flags & 1) reader.number();
  };
  for (let left = reader.number(); left > 0; left--) {
    reader.skip(reader.number()); // module
    reader.skip(reader.number()); // name
    const kind = reader.number();
    if (kind === 0) {
      functions++;
      reader.number();
    } else if (kind === 1) {
      reader.skip(1);
      limits();
    } else if (kind === 2) limits();
    else reader.skip(2); // a global: its type and whether it changes; a tag: its attribute and type
  }
  return functions;
}

/**
 * @param {Uint8Array} bytes  of the module
 * @param {string} symbols  lines "index:name"; may be empty
 * @returns {{sections: [string, number][], functions: [string, number][]}} both from large to small
 */
export function profile(bytes, symbols) {
  const names = new Map(symbols.split('\n').map((line) => [Number(line.split(':', 1)[0]), line.slice(line.indexOf(':') + 1)]));
  const sections = [];
  const functions = [];
  let index = 0;
  const reader = new Reader(bytes, 8); // after magic number and version
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const size = reader.number();
    const end = reader.at + size;
    sections.push([sectionNames[id] ?? `section ${id}`, size]);
    if (id === importSection) index = countImportedFunctions(reader);
    if (id === codeSection) {
      for (let left = reader.number(); left > 0; left--, index++) {
        const body = reader.number();
        functions.push([names.get(index) ?? `function ${index}`, body]);
        reader.skip(body);
      }
    }
    reader.at = end;
  }
  const bySize = (a, b) => b[1] - a[1];
  return { sections: sections.sort(bySize), functions: functions.sort(bySize) };
}

/** The profile of a module as text; the symbol map lies beside the module when the link was asked for one. */
export function profileText(wasmFile, symbolFile) {
  const { sections, functions } = profile(readFileSync(wasmFile), readFileSync(symbolFile, 'utf8'));
  const lines = (rows) => rows.map(([name, size]) => `${String(size).padStart(9)}  ${name}`).join('\n');
  return `Sections\n${lines(sections)}\n\nFunctions\n${lines(functions)}\n`;
}
