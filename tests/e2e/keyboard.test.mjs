// Everything by keyboard: no pointer is touched here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

test('a record is made, found, edited, left and removed with keys alone', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'Anchor' }]] });
  const place = () => cairn.driver.executeScript('return location.hash');
  const focused = () => cairn.driver.executeScript('return document.activeElement?.tagName.toLowerCase()');
  await cairn.see('#page h1');
  await cairn.type('g', 's');
  await cairn.eventually(async () => (await place()).startsWith('#/stories'), 'G S goes to the stories');
  await cairn.see('#page h1');
  await cairn.type('n');
  await cairn.eventually(async () => (await focused()) === 'textarea', 'N begins a new story in its name');
  await cairn.type('Cut the build', Key.ENTER);
  await cairn.eventually(async () => (await cairn.titles('story')).includes('Cut the build'), 'the story is kept');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(async () => (await focused()) === 'article', 'Esc leaves the field for the page');

  await cairn.chord('k');
  await cairn.eventually(async () => (await focused()) === 'input', 'the palette is open');
  await cairn.picture('palette');
  await cairn.type('anchor');
  await cairn.reads('Anchor', '[role="dialog"]');
  await cairn.eventually(async () => {
    const option = await cairn.driver.executeScript('return document.querySelector("[role=dialog] [aria-selected=true], [role=dialog] [data-selected]")?.innerText ?? ""');
    return option.includes('Anchor');
  }, 'the record found is the one chosen');
  await cairn.type(Key.ENTER);
  await cairn.eventually(async () => (await place()).includes('credential'), 'Enter opens it');
  await cairn.eventually(() => cairn.driver.executeScript('return document.querySelector("article")?.getAttribute("aria-label") === "Anchor"'));

  await cairn.eventually(() => cairn.driver.executeScript('return !document.querySelector("[role=dialog]")'), 'the palette is closed');
  await cairn.chord(Key.BACK_SPACE);
  await cairn.eventually(async () => (await cairn.titles('credential')).length === 0, 'it is removed');
  await cairn.chord('z');
  await cairn.eventually(async () => (await cairn.titles('credential')).length === 1, 'and brought back');
  await cairn.type('?');
  await cairn.reads('Keyboard shortcuts', '[role="dialog"]');
  await cairn.type(Key.ESCAPE);
  assert.ok(await cairn.driver.executeScript('return document.activeElement !== null'));
});

test('deleting a word in a field deletes a word, not the record', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA', issuer: 'Cloud Native' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  const issuer = async () => (await cairn.cli('show', 'credential', id))[0].fields.issuer;
  await cairn.go(`#/credentials/credential/${id}`);
  const field = await cairn.see('[data-field="/issuer"] textarea');
  await field.click();
  await cairn.type(Key.END);
  await cairn.chord(Key.BACK_SPACE);
  await cairn.eventually(async () => (await issuer()).trim() === 'Cloud', 'the last word is gone');
  await cairn.chord(Key.DELETE);
  assert.deepEqual(await cairn.titles('credential'), ['CKA']);
});

test('the focus goes to the next row when one is done, and to the page after the last message', async t => {
  const fill = ['Exam', 'Essay'].map((title, index) => ['add', 'deadline', { title, date: `2026-01-1${index}` }]);
  const cairn = await Cairn.open(t, { fill });
  const focused = () => cairn.driver.executeScript('return document.activeElement?.innerText ?? ""');
  await cairn.go('#/');
  await cairn.driver.executeScript('arguments[0].focus()', await cairn.named('Mark done: Exam'));
  await cairn.type(Key.ENTER);
  await cairn.reads('Marked “Exam” as done.');
  await cairn.eventually(async () => (await focused()).includes('Essay'), 'the next row has the focus');
  await cairn.driver.executeScript('arguments[0].focus()', await cairn.named('Dismiss'));
  await cairn.type(Key.ENTER);
  await cairn.eventually(() => cairn.driver.executeScript('return document.activeElement?.id === "page"'), 'the page has the focus');
});

test('the palette begins anew each time, and Enter means what is chosen', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Undoing knots' }]] });
  const chosen = () => cairn.driver.executeScript('return document.querySelector("[role=dialog] [aria-selected=true]")?.id');
  await cairn.go('#/skills');
  await cairn.chord('k');
  const first = await cairn.eventually(chosen, 'a row is chosen');
  await cairn.type(Key.ARROW_DOWN, Key.ARROW_DOWN);
  await cairn.eventually(async () => (await chosen()) !== first, 'another is chosen');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(() => cairn.driver.executeScript('return !document.querySelector("[role=dialog]")'), 'the palette is closed');
  await cairn.chord('k');
  await cairn.eventually(async () => (await chosen()) === first, 'the first is chosen again');
  // Pressed before the search can answer.
  await cairn.type('undoing', Key.ENTER);
  await cairn.eventually(() => cairn.driver.executeScript('return document.querySelector("article")?.getAttribute("aria-label") === "Undoing knots"'), 'the record found opens');
});

test('the palette has what menus have elsewhere, and forgives a slip', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  const rows = () => cairn.text('[role="listbox"]');
  const search = async typed => {
    await cairn.chord('k');
    await cairn.see('[role="dialog"] input');
    await cairn.type(typed);
  };
  const close = async () => {
    await cairn.type(Key.ESCAPE);
    await cairn.eventually(async () => (await cairn.text('[role="dialog"]')) === '', 'the palette is closed');
  };
  await cairn.go('#/skills');
  for (const [typed, expected] of [['pdf', 'Go to Documents'], ['import', 'Import a résumé or credentials'], ['bakup', 'Back up now'], ['new creential', 'New credential'], ['restore', 'Restore a backup'], ['doctor', 'Go to Settings'], ['dark', 'Look: dark']]) {
    await search(typed);
    await cairn.eventually(async () => (await rows()).includes(expected), `${typed} finds “${expected}”`);
    await close();
  }
  // The sample learner moves into an empty vault alone.
  await search('sample');
  await cairn.reads('Search everywhere', '[role="listbox"]');
  assert.ok(!(await rows()).includes('sample learner'));
  await close();

  await search('back up');
  await cairn.reads('Back up now', '[role="listbox"]');
  await cairn.type(Key.ENTER);
  await cairn.reads('Backed up and checked.');
});

test('the tab key reaches every control, and the focus is always seen', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA' }]] });
  await cairn.go('#/credentials');
  const seen = new Set();
  for (let step = 0; step < 40; step += 1) {
    await cairn.type(Key.TAB);
    const { name, shown } = await cairn.driver.executeScript(`
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const rect = element.getBoundingClientRect();
      return { name: element.tagName + ' ' + (element.getAttribute('aria-label') ?? element.innerText ?? '').slice(0, 30),
               shown: element === document.body || (rect.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.borderColor !== '')) };`);
    assert.ok(shown, `the focus on ${name} is not seen`);
    seen.add(name);
  }
  assert.ok(seen.size > 15, [...seen].join(' · '));
});
