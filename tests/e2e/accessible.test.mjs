// axe-core finds nothing on any page, light and dark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cairn } from './window.mjs';

test('the first start', async t => {
  const cairn = await Cairn.open(t);
  await cairn.reads('Where do you want to begin?');
  await bothThemes(t, cairn, 'first start');
});

test('every page with the sample learner', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.reads('You are looking at a sample learner.');
  const pages = await cairn.driver.executeScript(`return [...document.querySelectorAll('nav a[href^="#/"]')].map(link => link.getAttribute('href'))`);
  assert.ok(pages.length >= 12, pages.join(' '));
  const records = [];
  for (const [kind, place] of [['credential', 'credentials'], ['evidence', 'evidence'], ['story', 'stories'], ['skill', 'skills'], ['reflection', 'reflections'], ['budget-line', 'money'], ['study-block', 'plan']]) {
    const [{ id }] = await cairn.cli('show', kind);
    records.push(`#/${place}/${kind}/${id}`);
  }
  // One with credits to earn, and one that only shows attendance.
  for (const { id, fields } of await cairn.cli('show', 'credential')) {
    if (fields.ce_credits || fields.assessment === 'attendance') records.push(`#/credentials/credential/${id}`);
  }
  for (const page of [...pages, ...records, '#/credentials/credential/new']) {
    await t.test(page.replace(/[0-9a-f-]{36}/, 'one'), async t => {
      await cairn.go(page);
      await bothThemes(t, cairn, page);
    });
  }
});

/** Looks in light and in dark, and keeps a picture of each. */
async function bothThemes(t, cairn, page) {
  const name = page.replace(/[0-9a-f-]{36}/, 'one').replace(/\W+/g, '-').replace(/^-|-$/g, '');
  for (const theme of ['light', 'dark']) {
    await cairn.driver.executeScript('document.documentElement.dataset.theme = arguments[0]', theme);
    // Colours change over a moment, and half-way ones are nobody's fault.
    await cairn.driver.executeAsyncScript('setTimeout(arguments[arguments.length - 1], 250)');
    await cairn.picture(`page-${name}-${theme}`);
    assert.deepEqual(await cairn.findings(), [], `${page} in ${theme}`);
  }
}
