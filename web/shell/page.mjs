// The site's own page, and embed.html.
import { startPage } from './start.mjs';

startPage();
