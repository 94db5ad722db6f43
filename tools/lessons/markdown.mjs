// A chapter's Markdown: ordinary text, "$formula$", "{conv1.y[0,1,1]}" for a number of the engine's, "{=3*3*64}" for one
// that is worked out, and blocks between lines of colons: "::: stop NAME", "::: answer", "::: note Title",
// "::: switch STOP STOP" for variants of what the canvas shows, "::: widget NAME {options}" for an experiment.
import MarkdownIt from 'markdown-it';
import container from 'markdown-it-container';
import temml from 'temml';

export const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A placeholder in braces, beginning with a letter or "=": `{count conv1.y}`. */
function placeholder(state, silent) {
  const match = /^\{(=?[^{}\n]+)\}/.exec(state.src.slice(state.pos));
  if (!match) return false;
  if (!silent) state.push('value', '', 0).content = match[1].trim();
  state.pos += match[0].length;
  return true;
}

function inlineFormula(state, silent) {
  const match = /^\$([^$\n]+)\$/.exec(state.src.slice(state.pos));
  if (!match) return false;
  if (!silent) state.push('formula', '', 0).content = match[1];
  state.pos += match[0].length;
  return true;
}

const lineOf = (state, line) => state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);

/** Lines between two lines of "$$". */
function blockFormula(state, first, last, silent) {
  if (lineOf(state, first).trim() !== '$$') return false;
  let line = first + 1;
  while (line < last && lineOf(state, line).trim() !== '$$') line++;
  if (line === last) return false;
  if (silent) return true;
  const token = state.push('formula', '', 0);
  token.block = true;
  token.content = state.getLines(first + 1, line, 0, false);
  token.map = [first, line];
  state.line = line + 1;
  return true;
}

const inFormula = /\\v\{([^{}]+)\}/g;

/** The placeholders of a token, in prose or in a formula. */
export const placeholdersOf = (token) =>
  token.type === 'value' ? [token.content] : [...token.content.matchAll(inFormula)].map((match) => match[1].trim());

/** As TeX wants a number: a plain minus, commas that take no room. */
const texNumber = (text) => text.replaceAll('\u2212', '-').replaceAll(',', '{,}').replaceAll(' %', '\\,\\%');

function renderFormula(token, fill) {
  const tex = token.content.replace(inFormula, (_, inside) => `{${texNumber(fill(inside.trim()))}}`);
  const display = Boolean(token.block);
  const math = temml.renderToString(tex, { displayMode: display, throwOnError: true, wrap: display ? 'none' : 'tex' });
  return display ? `<div class="formula" tabindex="0" role="group" aria-label="Formula">${math}</div>\n` : math;
}

const blocks = {
  stop: /^stop ([a-z][a-z0-9-]*)$/,
  answer: /^answer$/,
  note: /^note( .+)?$/,
  switch: /^switch ([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)+)$/,
  widget: /^widget ([a-z][a-z0-9-]*)( \{.*\})?$/,
};

/**
 * @param {Record<string, (args: RegExpExecArray, env: any) => [string, string]>} frames  what stands before and after each
 *   kind of block
 */
export function createMarkdown(frames) {
  const markdown = new MarkdownIt({ html: false, typographer: true, quotes: '“”‘’' });
  markdown.inline.ruler.before('link', 'placeholder', placeholder);
  // Plain text goes on to the next character that may begin something.
  markdown.inline.ruler.before('escape', 'formula', inlineFormula);
  markdown.block.ruler.before('fence', 'formula', blockFormula, { alt: ['paragraph', 'list'] });
  for (const [name, pattern] of Object.entries(blocks)) {
    const argsOf = (token) => pattern.exec(token.info.trim());
    markdown.use(container, name, {
      validate: (info) => pattern.test(info.trim()),
      render(tokens, index, options, env) {
        const token = tokens[index];
        if (token.nesting === 1) {
          const [before, after] = frames[name](argsOf(token), env);
          (env.closing ??= []).push(after);
          return `${before}\n`;
        }
        return `${env.closing.pop()}\n`;
      },
    });
  }
  markdown.renderer.rules.value = (tokens, index, options, env) =>
    env.fillHtml(tokens[index].content, tokens[index].meta);
  markdown.renderer.rules.formula = (tokens, index, options, env) =>
    renderFormula(tokens[index], (inside) => env.fill(inside, tokens[index].meta));
  return markdown;
}

/** Calls visit(token, stop) for each token, inline ones included; stop is the name of the stop it stands in. */
export function walkTokens(tokens, visit) {
  let stop;
  for (const token of tokens) {
    if (token.type === 'container_stop_open') stop = blocks.stop.exec(token.info.trim())[1];
    visit(token, stop);
    for (const child of token.children ?? []) visit(child, stop);
    if (token.type === 'container_stop_close') stop = undefined;
  }
}
