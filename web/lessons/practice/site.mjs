// Where the site's other files are: this module stands two folders deep, and so does every bundle that it goes into.
/** @param {string} path  from the site's folder */
export const siteUrl = (path) => new URL(`../../${path}`, import.meta.url);
