/**
 * Pictures of every page, in two sizes and both themes, into target/screenshots/ui; axe on each of them, and every
 * error the browser reports, are printed. `npm run shots [-- part-of-a-name]`.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { open, serve } from './browser.mjs';

const OUT = fileURLToPath(new URL('../../target/screenshots/ui/', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Name, address, vault, and what is done before the picture. */
const PAGES = [
  ['first-start', '', 'empty'],
  ['credentials', '#/credentials', 'sample'],
  ['credential', '#/credentials', 'sample', async page => page.keyboard.press('j')],
  ['renewal', '#/credentials', 'sample', async page => page.getByRole('link', { name: /CCSP/ }).click()],
  [
    'attendance',
    '#/credentials',
    'sample',
    async page => page.getByRole('link', { name: /Platform Engineering Day/ }).click(),
  ],
  ['endorsements', '#/credentials/endorsement', 'sample', async page => page.keyboard.press('j')],
  ['activities-empty', '#/credentials/renewal-activity', 'begun'],
  ['credential-new', '#/credentials/credential/new', 'sample'],
  ['credentials-empty', '#/credentials', 'begun'],
  [
    'credentials-grouped',
    '#/credentials',
    'sample',
    async page => {
      await page.getByRole('button', { name: 'Order and group' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Status' }).last().click();
      await page.waitForTimeout(300);
    },
  ],
  [
    'evidence',
    '#/evidence',
    'sample',
    async page => {
      await page.keyboard.press('j');
      await page.keyboard.press('j');
    },
  ],
  ['stories', '#/stories', 'sample', async page => page.keyboard.press('j')],
  ['skills', '#/skills', 'sample', async page => page.keyboard.press('j')],
  ['reflections', '#/reflections', 'sample', async page => page.keyboard.press('j')],
  ['costs', '#/money/budget-line', 'sample', async page => page.keyboard.press('j')],
  ['block', '#/plan/study-block', 'sample', async page => page.keyboard.press('j')],
  ['plan', '#/plan', 'sample'],
  ['plan-empty', '#/plan', 'begun'],
  ['plan-list', '#/plan', 'sample', async page => page.getByRole('button', { name: 'List', exact: true }).click()],
  ['plan-block', '#/plan', 'sample', async page => page.locator('[data-block]').last().press('Enter')],
  ['money', '#/money', 'sample'],
  ['money-empty', '#/money', 'begun'],
  ['money-months', '#/money', 'sample', async page => page.getByRole('button', { name: 'Month', exact: true }).click()],
  [
    'money-rate-missing',
    '#/money',
    'sample',
    async page => {
      await page.evaluate(() =>
        window.__TAURI_INTERNALS__.invoke('edit_single', { kind: 'money-settings', patch: { rates: [] } }),
      );
      await page.getByRole('button', { name: 'Use this rate' }).waitFor();
    },
  ],
  ['profile', '#/profile', 'sample'],
  ['profile-empty', '#/profile', 'begun'],
  ['today', '#/today', 'sample'],
  ['today-empty', '#/today', 'begun'],
  ['documents', '#/documents', 'sample'],
  ['documents-empty', '#/documents', 'begun'],
  ['studio', '#/documents', 'sample', openStudio],
  [
    'studio-words',
    '#/documents',
    'sample',
    async page => {
      await openStudio(page);
      await page.locator('#outline-work-open').click();
      await page.locator('#outline-work-panel [aria-expanded]').first().click();
    },
  ],
  ...['LinkedIn', 'Text', 'Markdown', 'JSON Resume'].map(name => [
    `studio-${name.toLowerCase().replace(' ', '-')}`,
    '#/documents',
    'sample',
    async page => {
      await openStudio(page);
      await page.getByRole('tab', { name }).click();
    },
  ]),
  ['held', '#/credentials', 'sample', openHeld],
  [
    'held-open',
    '#/credentials',
    'sample',
    async page => {
      await openHeld(page);
      for (const name of ['What was checked', 'What the issuer signed', 'Earlier verdicts'])
        await page.getByRole('button', { name }).click();
    },
  ],
  [
    'held-refresh',
    '#/credentials',
    'sample',
    async page => {
      await openHeld(page);
      await page.getByRole('button', { name: 'Refresh status and keys' }).click();
    },
  ],
  [
    'held-letter',
    '#/credentials',
    'sample',
    async page => {
      await openHeld(page, 1);
      await page.getByRole('button', { name: 'Letter to the issuer' }).click();
    },
  ],
  ['key', '#/settings', 'sample', async page => page.getByRole('button', { name: 'Save a recovery file' }).click()],
  ['verify', '#/verify', 'sample'],
  [
    'verdicts',
    '#/verify',
    'sample',
    async page => {
      await page.getByRole('button', { name: 'Choose files' }).click();
      await page
        .getByRole('button', { name: /^Details/ })
        .nth(1)
        .click();
    },
  ],
  ['packet', '#/verify/packet/1', 'sample'],
  [
    'packet-below',
    '#/verify/packet/1',
    'sample',
    async page => {
      await page.getByRole('button', { name: /^The résumé, line by line/ }).click();
      await page
        .getByRole('button', { name: /^What it says/ })
        .first()
        .click();
      await page.getByRole('button', { name: /^Show *: measurements/ }).click();
      await page.getByRole('button', { name: 'Platform engineer' }).click();
      await page.getByRole('heading', { name: 'Evidence', exact: true }).scrollIntoViewIfNeeded();
    },
  ],
  ['packet-changed', '#/verify/packet/2', 'sample'],
  ['packet-gone', '#/verify/packet/9', 'sample'],
  [
    'skill',
    '#/skills',
    'sample',
    async page => {
      await page.keyboard.press('j');
      await page.getByRole('heading', { name: 'Who signed for it' }).scrollIntoViewIfNeeded();
    },
  ],
  [
    'held-refreshed',
    '#/credentials',
    'sample',
    async page => {
      await openHeld(page);
      await page.getByRole('button', { name: 'Refresh status and keys' }).click();
      await page.getByRole('button', { name: /^Ask/ }).click();
    },
  ],
  ['damaged', '', 'damaged'],
  ['newer', '', 'newer'],
  ['read-only', '#/credentials', 'read-only'],
  ['search', '#/search?q=cluster', 'sample'],
  ['history', '#/history', 'sample'],
  ['settings', '#/settings', 'sample'],
  [
    'palette',
    '#/credentials',
    'sample',
    async page => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('clu');
      await page.waitForTimeout(300);
    },
  ],
  ['shortcuts', '#/credentials', 'sample', async page => page.keyboard.press('?')],
];
/** The page of a credential that an issuer signed. */
async function openHeld(page, nth = 0) {
  const query = {
    text: '',
    statuses: ['earned'],
    sorts: [],
    order: 'position',
    descending: false,
    offset: 0,
    limit: 3,
  };
  const { items } = await page.evaluate(
    query => window.__TAURI_INTERNALS__.invoke('list', { kind: 'credential', query }),
    query,
  );
  await page.evaluate(id => (location.hash = `#/credentials/credential/${id}`), items[nth].id);
  const section = page.locator('section[aria-labelledby="held-title"]');
  await section.waitFor();
  await section.scrollIntoViewIfNeeded();
}

/** The studio of the sample learner's first collection, once its page is drawn. */
async function openStudio(page) {
  await page.getByRole('link', { name: /Senior platform/ }).click();
  await page.waitForSelector('[data-page] img');
}
const SIZES = [
  [1280, 800],
  [1024, 640],
];

const wanted = process.argv.slice(2);
mkdirSync(OUT, { recursive: true });
const server = await serve();
const browser = await open(server.url);
let faults = 0;
for (const [name, hash, vault, prepare] of PAGES.filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  for (const size of SIZES) {
    for (const theme of ['light', 'dark', 'contrast']) {
      if (theme === 'contrast' && size[0] !== 1280) continue;
      const { page, troubles, close } = await browser.page({ hash, vault, size, theme });
      await prepare?.(page);
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${OUT}${name}-${size[0]}-${theme}.png` });
      // Axe last: it must be let past the policy, which the picture keeps to.
      await page.evaluate(await axeSource());
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const violation of violations) {
        faults += 1;
        console.log(`${name} ${size[0]} ${theme}: ${violation.id}: ${violation.help}`);
        for (const node of violation.nodes.slice(0, 3))
          console.log(`    ${node.html.slice(0, 160)}\n    ${node.failureSummary?.split('\n')[1] ?? ''}`);
      }
      for (const trouble of troubles) {
        faults += 1;
        console.log(`${name} ${size[0]} ${theme}: ${trouble}`);
      }
      await close();
    }
  }
}
await browser.close();
server.stop();
console.log(faults === 0 ? 'nothing found' : `${faults} found`);
process.exitCode = faults === 0 ? 0 : 1;

async function axeSource() {
  const { readFile } = await import('node:fs/promises');
  return readFile(AXE, 'utf8');
}
