/**
 * An element with attributes, properties (names that begin with a dot) and children.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('.')) made[name.slice(1)] = value;
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * Gives a select these options, and leaves it alone when it has them already: an open list must not close.
 * @param {HTMLSelectElement} select
 * @param {{value: string, label: string}[]} options
 */
export function offer(select, options) {
  const now = [...select.options];
  const same =
    now.length === options.length &&
    options.every(({ value, label }, i) => now[i].value === value && now[i].text === label);
  if (!same) select.replaceChildren(...options.map(({ value, label }) => element('option', { value }, label)));
}
