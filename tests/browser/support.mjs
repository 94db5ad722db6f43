// What every browser test needs: dist/ on a free port, and Debian's Chromium with a profile of its own.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { dist } from '../../tools/lib/paths.mjs';
import { serve } from '../../tools/serve.mjs';
import { findChromium } from '../../tools/setup/requirements.mjs';

// WebGL2 without a graphics card, and no traffic of the browser's own.
export const chromiumFlags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts server and browser; close() ends both and removes the profile.
 * @returns {Promise<{url: string, browser: import('puppeteer-core').Browser, close: () => Promise<void>}>}
 */
export async function openBrowser() {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('dist/ is empty: run "npm run build" first');
  const userDataDir = mkdtempSync(join(tmpdir(), 'backstep-chromium-'));
  const server = await serve(dist);
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    userDataDir,
    args: chromiumFlags,
  });
  return {
    url: server.url,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(userDataDir, { recursive: true, force: true });
    },
  };
}
