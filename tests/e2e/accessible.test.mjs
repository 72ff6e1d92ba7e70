// axe-core finds nothing on any page, light and dark.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

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

test('a vault that is damaged, and the way back', async t => {
  const cairn = new Cairn();
  t.after(() => cairn.end());
  await cairn.cli('add', 'skill', { name: 'Patience' });
  await cairn.cli('backup');
  writeFileSync(join(cairn.vault, 'cairn.sqlite3'), 'no database at all '.repeat(500));
  await cairn.start();
  await cairn.reads('backup', 'main');
  await bothThemes(t, cairn, 'recovery');
  await cairn.press('Bring', 'main');
  await cairn.see('nav');
  assert.deepEqual(await cairn.titles('skill'), ['Patience']);
});

test('the export menu while it is open', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.press('Dismiss');
  const [{ id }] = await cairn.cli('show', 'collection');
  await cairn.go(`#/documents/collection/${id}`);
  await cairn.press('Export');
  await cairn.see('[role="menu"]');
  await bothThemes(t, cairn, 'export menu');
});

test('the window written from right to left', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.press('Dismiss');
  await cairn.driver.executeScript('document.documentElement.dir = "rtl"');
  const [{ id }] = await cairn.cli('show', 'collection');
  const [{ id: credential }] = await cairn.cli('show', 'credential');
  for (const [name, page] of [['today', '#/'], ['record', `#/credentials/credential/${credential}`], ['plan', '#/plan'], ['money', '#/money'], ['studio', `#/documents/collection/${id}`]]) {
    await cairn.go(page);
    await cairn.picture(`rtl-${name}`);
    const beyond = await cairn.driver.executeScript(`
      return [...document.querySelectorAll('nav, main')].filter(element => {
        const box = element.getBoundingClientRect();
        return box.left < -1 || box.right > innerWidth + 1;
      }).map(element => element.tagName)`);
    assert.deepEqual(beyond, [], page);
    assert.ok(await cairn.driver.executeScript('return document.querySelector("nav").getBoundingClientRect().right > innerWidth - 2'), 'the places stand at the right');
    assert.deepEqual(await cairn.findings(), [], page);
  }
});

test('a small window, where more has to scroll', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.press('Dismiss');
  await cairn.driver.manage().window().setRect({ width: 1024, height: 640 });
  await cairn.eventually(() => cairn.driver.executeScript('return innerWidth === 1024 && innerHeight === 640'), 'the window is small');
  const [{ id }] = await cairn.cli('show', 'collection');
  const [{ id: credential }] = await cairn.cli('show', 'credential');
  for (const page of ['#/', '#/credentials', `#/credentials/credential/${credential}`, '#/plan', '#/money', `#/documents/collection/${id}`, '#/verify', '#/history', '#/settings']) {
    // Beside an open record a list has no room here, and its heading is hidden.
    await cairn.driver.executeScript('location.hash = arguments[0]', page);
    await cairn.settled();
    assert.deepEqual(await cairn.findings(), [], page);
  }
  await cairn.type('?');
  const list = await cairn.see('[role="dialog"] [role="region"]');
  assert.deepEqual(await cairn.findings(), [], 'shortcuts');
  await cairn.type(Key.END);
  await cairn.eventually(() => cairn.driver.executeScript('return arguments[0].scrollTop > 0', list), 'the end of the shortcuts is reached by keys');
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
