// One chapter: its Markdown and its scenes become a playlist for the page's program and HTML whose every number the
// engine has filled in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from './expression.mjs';
import { createMarkdown, escape, placeholdersOf, walkTokens } from './markdown.mjs';

/**
 * scenes.json beside the text.
 * @typedef {object} ChapterScenes
 * @property {Record<string, object>} [scenes]  documents by name, for stops
 * @property {Record<string, object>} [counts]  documents that are only counted: {=name.conv1.parameters}
 * @property {Record<string, object>} stops  as in a playlist; `scene` names a preset or one of `scenes`
 */

const worked = (inside) => inside.startsWith('=');

/** "conv1.parameters", "conv1.output.1", "total.multiply_adds" in what the engine counted. */
function countOf(info, path) {
  const [layer, ...rest] = path;
  const begin = layer === 'total' ? info.total : info.layers.find(({ name }) => name === layer);
  const value = rest.reduce((at, key) => at?.[key], begin ?? (layer === 'input' ? info.input : undefined));
  return typeof value === 'number' ? value : undefined;
}

/** What names stand for in worked figures of this chapter. */
function namesOf(scenes, engine) {
  const known = { ...scenes.scenes, ...scenes.counts };
  return (name) => {
    const [scene, ...path] = name.split('.');
    const value = countOf(engine.info(known[scene] ?? scene), path);
    if (value === undefined) throw new Error(`nothing is counted under "${name}"`);
    return value;
  };
}

const widgetOptions = (info) => JSON.parse(/\{.*\}$/.exec(info.trim())?.[0] ?? '{}');

/** An experiment gets scenes as documents and stops as numbers. */
function resolved(options, scenes, names) {
  return {
    ...options,
    ...(options.scene && { scene: scenes.scenes?.[options.scene] ?? options.scene }),
    ...(options.stops && { stops: options.stops.map((name) => String(names.indexOf(name) + 1)) }),
  };
}

/** Stops that a switch or an experiment names and that have no paragraph of their own stand behind those that have. */
function variants(tokens) {
  const names = new Set();
  walkTokens(tokens, ({ type, info }) => {
    if (type === 'container_switch_open')
      info
        .trim()
        .split(' ')
        .slice(1)
        .forEach((name) => names.add(name));
    if (type === 'container_widget_open') (widgetOptions(info).stops ?? []).forEach((name) => names.add(name));
  });
  return names;
}

/** Which placeholders each stop uses, in the order of the text; "" is outside of stops. */
function collect(tokens) {
  const used = new Map();
  walkTokens(tokens, (token, stop = '') => {
    if (token.type === 'container_stop_open') {
      if (used.has(stop)) throw new Error(`the stop "${stop}" stands in the text twice`);
      used.set(stop, new Set());
    }
    if (token.type !== 'value' && token.type !== 'formula') return;
    token.meta = stop;
    for (const inside of placeholdersOf(token)) {
      if (worked(inside)) continue;
      if (!stop) throw new Error(`{${inside}} stands outside of a stop, where there is no pass to take it from`);
      used.get(stop).add(inside);
    }
  });
  used.delete('');
  for (const name of variants(tokens)) if (!used.has(name)) used.set(name, new Set());
  return used;
}

/** The headings of the stops, for the canvas; a variant has that of the stop whose switch shows it. */
function headingsOf(tokens) {
  const headings = new Map();
  let heading = false;
  walkTokens(tokens, ({ type, info, content, children }, stop) => {
    if (stop && heading && type === 'inline' && !headings.has(stop) && children.every((child) => child.type === 'text'))
      headings.set(stop, content);
    heading = type === 'heading_open';
    if (type === 'container_switch_open')
      for (const name of info.trim().split(' ').slice(1))
        if (!headings.has(name)) headings.set(name, headings.get(stop));
  });
  return headings;
}

/** A stop as a playlist has it. Scene and panels are always said, so that each stop stands for itself. */
function playlistStop(name, scenes, text) {
  const { caption, ...stop } = scenes.stops[name] ?? {};
  if (!caption) throw new Error(`scenes.json: the stop "${name}" is missing or has no caption`);
  return {
    title: caption,
    show: ['working', 'bias', 'heading', 'map', 'steps'],
    ...stop,
    scene: scenes.scenes?.[stop.scene] ?? stop.scene,
    text,
  };
}

const separator = '\u001f';

/** The engine's answers for all placeholders, by stop. */
function fillStops(title, used, scenes, engine) {
  const names = [...used.keys()];
  const question = names.map((name) =>
    playlistStop(name, scenes, [...used.get(name)].map((inside) => `{${inside}}`).join(separator)),
  );
  const answers = names.length ? engine.stops({ playlist: 1, title, stops: question }) : [];
  return new Map(
    names.map((name, i) => {
      const filled = answers[i].text.split(separator);
      return [name, { ...answers[i], values: new Map([...used.get(name)].map((inside, j) => [inside, filled[j]])) }];
    }),
  );
}

/** The canvas's place on paper and without scripts. */
const still = (slug, name, caption) =>
  `<figure class="still"><img src="${slug}/${name}.svg" alt="${escape(caption)}" width="960" height="480" loading="lazy"><figcaption>${escape(caption)}</figcaption></figure>`;

const questionForm = (caption) =>
  `<form class="question" hidden><label>${escape(caption)} <input name="guess" inputmode="decimal" autocomplete="off" size="7"></label>` +
  '<button>Check</button><button type="button" name="reveal">Show it</button></form><p class="verdict" role="status" hidden></p>';

function switchButtons(list, scenes, names) {
  const button = (name, i) =>
    `<button type="button" data-go="${names.indexOf(name) + 1}" aria-pressed="${i === 0}">${escape(scenes.stops[name].caption)}</button>`;
  return list.split(' ').map(button).join('');
}

function frames(scenes, names) {
  return {
    stop: ([, name], env) => {
      const { caption } = scenes.stops[name];
      env.stop = name;
      const number = names.indexOf(name) + 1;
      return [
        `<section class="stop" id="${name}" data-stop="${number}" data-caption="${escape(caption)}">`,
        `${still(env.slug, name, caption)}</section>`,
      ];
    },
    // A number that is covered is asked for; anything else the reader settles with himself.
    answer: (args, env) =>
      scenes.stops[env.stop].ask
        ? [`${questionForm('Your guess')}<div class="answer">`, '</div>']
        : ['<details class="answer"><summary>Show the answer</summary>', '</details>'],
    switch: ([, list]) => [
      `<div class="switch" role="group" aria-label="Show on the canvas" hidden>${switchButtons(list, scenes, names)}`,
      '</div>',
    ],
    note: ([, title]) => [
      `<aside class="note">${title ? `<p class="note-title">${escape(title.trim())}</p>` : ''}`,
      '</aside>',
    ],
    widget: ([info, name]) => [
      `<div class="widget" data-widget="${name}" data-options="${escape(JSON.stringify(resolved(widgetOptions(info), scenes, names)))}">`,
      '</div>',
    ],
  };
}

/**
 * @param {string} folder  of the chapter's text and scenes
 * @param {{slug: string, title: string}} chapter
 * @param {import('./program.mjs').Engine} engine
 */
export function compileChapter(folder, { slug, title }, engine) {
  const source = readFileSync(join(folder, 'chapter.md'), 'utf8');
  /** @type {ChapterScenes} */
  const scenes = JSON.parse(readFileSync(join(folder, 'scenes.json'), 'utf8'));
  const names = [];
  const markdown = createMarkdown(frames(scenes, names));
  const tokens = markdown.parse(source, {});
  const used = collect(tokens);
  names.push(...used.keys());
  const unused = Object.keys(scenes.stops).filter((name) => !used.has(name));
  if (unused.length) throw new Error(`${slug}: scenes.json has stops that the text does not: ${unused.join(', ')}`);

  const look = namesOf(scenes, engine);
  const filled = fillStops(title, used, scenes, engine);
  const figures = [];
  const fill = (inside, stop) => {
    const text = worked(inside) ? figure(inside.slice(1), look) : filled.get(stop).values.get(inside);
    figures.push({ stop, of: inside, text });
    return text;
  };
  const fillHtml = (inside, stop) => `<span class="n">${escape(fill(inside, stop))}</span>`;
  const html = markdown.renderer.render(tokens, markdown.options, { fill, fillHtml, slug });
  // The chapter's words stand beside the canvas: of its stops the program needs no more than what to show.
  const headings = headingsOf(tokens);
  const stops = names.map((name) => {
    const stop = playlistStop(name, scenes, scenes.stops[name].caption);
    return { ...stop, title: headings.get(name) ?? stop.title };
  });
  return {
    slug,
    html,
    figures,
    source,
    playlist: { playlist: 1, title, stops },
    stops: names.map((name) => ({ name, ...filled.get(name) })),
    drawn: new Set(html.match(/(?<=<section class="stop" id=")[^"]+/g)), // variants have no picture
  };
}
