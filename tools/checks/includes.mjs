// The rule of the house: which part may include which. Left may use right.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { posix } from 'node:path';

/** Parts by the folder (or the file) that they are, the longest match wins; what each may include besides itself. */
const parts = {
  engine: [],
  'engine/scene': ['engine'],
  'engine/cli': ['engine', 'engine/scene'],
  'engine/cli/step_command.cpp': ['engine/cli', 'web/app', 'engine', 'engine/scene'],
  'engine/cli/svg_command.cpp': ['engine/cli', 'web/views', 'web/widgets', 'web/app', 'engine', 'engine/scene'],
  'web/app': ['engine', 'engine/scene'],
  'web/widgets': ['engine', 'engine/scene'],
  'web/views': ['web/widgets', 'web/app', 'engine', 'engine/scene'],
  'web/gpu': ['web/app', 'web/widgets', 'engine', 'engine/scene'],
  'web/platform': ['web/app', 'web/widgets', 'engine', 'engine/scene'],
  'web/api': ['web/app', 'web/widgets', 'engine', 'engine/scene'],
};

/** Libraries, by the name that their headers begin with, and the only parts or files that may use them. */
const libraries = [
  { name: 'JSON', header: /^nlohmann\//, users: ['engine/scene', 'engine/cli', 'engine/safetensors_header.cpp'] },
  { name: 'CLI11', header: /^CLI\//, users: ['engine/cli'] },
  { name: 'oneDNN', header: /^(dnnl|omp\.h)/, users: ['engine/cli'] },
  { name: 'Dear ImGui', header: /^(imgui|imstb_)/, users: ['web/gpu'] },
  { name: 'SDL', header: /^SDL/, users: ['web/platform'] },
  { name: 'OpenGL', header: /^(GLES\d|GL|EGL)\//, users: ['web/gpu', 'web/platform'] },
  { name: 'Emscripten', header: /^emscripten/, users: ['web/platform', 'web/api'] },
  { name: 'threads', header: /^(thread|mutex|future|shared_mutex|condition_variable)$/, users: [] },
  { name: 'clocks', header: /^(chrono|ctime|time\.h)$/, users: ['engine/cli', 'web/platform'] },
];
/** Headers that pull tens of kilobytes into the page. */
const large = /^(iostream|fstream|sstream|iomanip|regex|format|locale)$/;
const mayUseLarge = ['engine/cli'];

/** Of <cmath> the engine uses sqrt, floor and abs, which IEEE 754 defines to the bit; a C library's own exp differs. */
const mathNames =
  'exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|fma|erf|' +
  'erfc|tgamma|lgamma|ceil|trunc|round|lround|llround|rint|lrint|nearbyint|fmod|remainder|ldexp|frexp|scalbn|copysign|fmin|fmax';
const mathCall = new RegExp(`(?<![\\w.>:])(std::|::|__builtin_)?(${mathNames})[fl]?\\s*\\(`);

const partOf = (path) =>
  Object.keys(parts)
    .filter((part) => path === part || path.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];

/** Comments and raw strings become blanks, line by line; other strings stay, for they may name an include. */
const withoutComments = (text) =>
  text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|R"(\w*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"/g, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, ' '),
  );

/** What is wrong with one line of a file, or nothing. */
function judge(path, part, line) {
  const include = /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line);
  if (!include) {
    const call = part.startsWith('engine') && mathCall.exec(line.replace(/"[^"]*"/g, ''));
    const isOwn = !call?.[1] && path.startsWith('engine/math.'); // where exp and its like are defined
    return call && !isOwn ? `calls ${call[1] ?? ''}${call[2]}; engine/math.h has what rounds the same everywhere` : '';
  }
  const own = include[1];
  if (own) {
    const target = /^(engine|web|shaders)\//.test(own) ? own : posix.join(posix.dirname(path), own);
    const targetPart = partOf(target);
    if (targetPart && targetPart !== part && !parts[part].includes(targetPart))
      return `${part} may not include ${targetPart} (${own})`;
  }
  const header = include[1] ?? include[2];
  const library = libraries.find((entry) => entry.header.test(header));
  if (library && !library.users.includes(part) && !library.users.includes(path))
    return `${part} may not use ${library.name} (${header})`;
  if (large.test(header) && !mayUseLarge.includes(part)) return `<${header}> is too large for the page`;
  return '';
}

/**
 * @param {string} path  of a source, from the root of the project
 * @param {string} text  its content
 * @returns {string[]} a line for each breach
 */
export function checkSource(path, text) {
  const part = partOf(path);
  if (!part) return [];
  return withoutComments(text)
    .split('\n')
    .map((line, index) => [index + 1, judge(path, part, line)])
    .filter(([, breach]) => breach)
    .map(([number, breach]) => `${path}:${number}: ${breach}`);
}

/** Checks all C++ sources below engine/ and web/. */
export function checkIncludes(root) {
  const sources = ['engine', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .filter((path) => /\.(cpp|h)$/.test(path)),
  );
  return {
    count: sources.length,
    breaches: sources.flatMap((path) => checkSource(path, readFileSync(join(root, path), 'utf8'))),
  };
}
