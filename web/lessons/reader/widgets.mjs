// The experiments of a chapter, each a module of its own that is loaded when the chapter has one of its kind. What stands
// in its place until then, on paper and without scripts, is part of the text.

/** @type {Promise<import('../../engine.mjs').Engine> | undefined} one engine for all experiments of the page */
let loading;
const loadEngine = () => (loading ??= import('../../engine.mjs').then((module) => module.loadEngine()));

/**
 * Fills an experiment's place when the reader comes near it, so that a chapter costs no more than what is read of it.
 * @param {ParentNode} root
 * @param {(stop: string) => void} show a stop on the canvas
 */
export function fillWidgets(root, show) {
  const fillIn = async (/** @type {HTMLElement} */ place) => {
    const { widget, options } = place.dataset;
    try {
      const [{ fill }, engine] = await Promise.all([import(`../widgets/${widget}.mjs`), loadEngine()]);
      const live = document.createElement('div');
      await fill(live, JSON.parse(options), { engine, show });
      const paper = document.createElement('div');
      paper.className = 'paper';
      paper.append(...place.childNodes);
      live.className = 'live';
      place.append(live, paper);
      place.dataset.ready = '';
    } catch (error) {
      console.error(error); // its text stays
    }
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        fillIn(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: '50% 0px' },
  );
  for (const place of root.querySelectorAll('[data-widget]')) near.observe(place);
}
