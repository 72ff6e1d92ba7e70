/** The built window in a headless browser, over the vault in memory, with the content security policy of the real one. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { mockTauri } from './mock.mjs';
import { mockModels } from './mock-models.mjs';
import { mockPages } from './mock-pages.mjs';
import { mockWallet } from './mock-wallet.mjs';
import { samplePictures, sampleRecords } from './vault.mjs';

const DIST = process.env.CAIRN_UI_DIST ?? fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

/** Serves `dist` with the policy of tauri.conf.json. */
export async function serve() {
  const config = JSON.parse(await readFile(new URL('../../tauri.conf.json', import.meta.url), 'utf8'));
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path === '/' ? 'index.html' : path.slice(1);
    try {
      const body = await readFile(DIST + name);
      const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': config.app.security.csp });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** A browser; `page` opens the window at an address with a vault as told. */
export async function open(url) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const pictures = samplePictures();
  return {
    close: () => browser.close(),
    async page({ hash = '', size = [1280, 800], theme = 'light', vault = 'sample', many = 0 } = {}) {
      const context = await browser.newContext({
        viewport: { width: size[0], height: size[1] },
        colorScheme: theme === 'dark' ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      });
      // The day the sample learner's dates count from.
      await context.clock.setFixedTime(new Date('2026-05-13T12:40:00Z'));
      const page = await context.newPage();
      const troubles = [];
      page.on('console', message => message.type() === 'error' && troubles.push(message.text()));
      page.on('pageerror', error => troubles.push(String(error)));
      // Pictures come through a protocol that this browser does not know: its paths are answered beside the page.
      await page.route('**/cairn/**', async route => {
        const [kind, ...rest] = new URL(route.request().url()).pathname.split('/').slice(2);
        const drawn =
          kind === 'page' ? await page.evaluate(([revision, name]) => window.__page(revision, name), rest) : undefined;
        if (drawn) return route.fulfill({ contentType: 'image/svg+xml', body: drawn });
        const picture = pictures[rest.at(-1)];
        return picture ? route.fulfill({ contentType: 'image/png', body: picture }) : route.fulfill({ status: 404 });
      });
      const records = ['sample', 'read-only'].includes(vault) ? sampleRecords() : [];
      await page.addInitScript(mockTauri, {
        records,
        sample: vault === 'sample',
        sampleRecords: sampleRecords(),
        many,
      });
      await page.addInitScript(mockPages, vault);
      await page.addInitScript(mockModels);
      await page.addInitScript(mockWallet);
      await page.addInitScript(
        ([chosen, started]) => {
          localStorage.setItem('cairn.theme', chosen);
          if (started) localStorage.setItem('cairn.started', JSON.stringify(['/home/ines/.local/share/cairn']));
          window.__TAURI_INTERNALS__.convertFileSrc = path => `${location.origin}/cairn/${path}`;
        },
        [theme === 'contrast' ? 'contrast' : 'system', vault === 'begun'],
      );
      await page.goto(url + hash);
      await page.waitForSelector('h1', { state: 'attached' });
      await page.waitForTimeout(250);
      return { page, troubles, close: () => context.close() };
    },
  };
}
