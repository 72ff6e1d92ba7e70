// Undo and redo, also after a restart.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

test('undo and redo work with the keys, and after the window was closed and opened again', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  const [{ id }] = await cairn.cli('show', 'skill');
  const level = async () => (await cairn.cli('show', 'skill', id))[0].fields.level;
  await cairn.go(`#/skills/skill/${id}`);
  await cairn.fill('/level', 'Expert');
  await cairn.eventually(async () => (await level()) === 'Expert', 'the level is kept');

  await cairn.stop();
  await cairn.start();
  await cairn.go('#/skills');
  await cairn.chord('z');
  await cairn.eventually(async () => (await level()) === '', 'the level is gone after a restart');
  await cairn.chord('z', Key.SHIFT);
  await cairn.eventually(async () => (await level()) === 'Expert', 'the level is back');
});

test('Ctrl+Z in a field takes back its typing first, and in one where nothing was typed the last change', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA', issuer: 'CNCF', issued: '2024-03', status: 'earned' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  const issuer = async () => (await cairn.cli('show', 'credential', id))[0].fields.issuer;
  await cairn.go(`#/credentials/credential/${id}`);
  const field = await cairn.see('[data-field="/issuer"] textarea');
  await field.click();
  await cairn.type(Key.END, ' x');
  await cairn.chord('z');
  await cairn.eventually(async () => (await field.getAttribute('value')) === 'CNCF', 'the typing is taken back');
  await cairn.chord('z', Key.SHIFT);
  await cairn.eventually(async () => (await field.getAttribute('value')) === 'CNCF x', 'and done again');
  await cairn.chord('z');
  await cairn.eventually(async () => (await field.getAttribute('value')) === 'CNCF', 'and taken back');
  await cairn.type(Key.END, ' and more', Key.TAB);
  await cairn.eventually(async () => (await issuer()) === 'CNCF and more', 'the edit is kept');
  await cairn.chord('z');
  await cairn.eventually(async () => (await issuer()) === 'CNCF', 'from the next field the edit is taken back');
  await cairn.reads('Undone: edited credential “CKA”.');
  // A date is shown in another form once it is entered, and that is no typing.
  await cairn.type(Key.TAB);
  const date = await cairn.see('[data-field="/issued"] input');
  await date.click();
  await cairn.chord('z', Key.SHIFT);
  await cairn.eventually(async () => (await issuer()) === 'CNCF and more', 'the edit is done again');
  await cairn.chord('z');
  await cairn.eventually(async () => (await issuer()) === 'CNCF', 'and taken back');
  assert.equal((await cairn.cli('show', 'credential', id))[0].fields.issued, '2024-03');
});

test('a record tells its own history, with the fields that were edited, and undo says what it took back', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }], ['add', 'credential', { title: 'CKA' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.press('History of this record');
  await cairn.reads('Added credential “CKA”');
  await cairn.fill('/issuer', 'Linux Foundation');
  await cairn.reads('Edited credential “CKA”: issuer');
  const told = await cairn.see('article ol');
  assert.doesNotMatch(await told.getText(), /Rust/);
  await cairn.picture('record-history');

  // Within a field the keys are the field's own.
  await cairn.driver.actions().sendKeys(Key.ESCAPE).perform();
  await cairn.chord('z');
  await cairn.reads('Undone: edited credential “CKA”.');
  await cairn.eventually(async () => (await told.getText()).includes('· Undone'), 'the record’s history says that it was undone');
  await cairn.press('Redo');
  await cairn.reads('Done again: edited credential “CKA”.');
  await cairn.go('#/history');
  await cairn.reads('Edited credential “CKA”: issuer');
  await cairn.reads('Added skill “Rust”');
});

test('a removed record comes back with the toast’s own button, with what hung on it', async t => {
  const fill = [['add', 'credential', { title: 'CKA' }]];
  const cairn = await Cairn.open(t, { fill });
  const [{ id }] = await cairn.cli('show', 'credential');
  const [{ id: story }] = await cairn.cli('add', 'story', { title: 'Rollout', credentials: [id] });
  const linked = async () => (await cairn.cli('show', 'story', story))[0].fields.credentials.length;
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.see('article');
  await cairn.press('More for this record');
  await cairn.press('Remove');
  // What hangs on it is said before, by name; Esc changes nothing.
  await cairn.reads('Remove credential “CKA”?', '[role="dialog"]');
  await cairn.reads('Rollout', '[role="dialog"]');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.picture('remove');
  await cairn.driver.actions().sendKeys(Key.ESCAPE).perform();
  await cairn.eventually(async () => (await cairn.text('[role="dialog"]')) === '', 'the question is withdrawn');
  assert.deepEqual(await cairn.titles('credential'), ['CKA']);
  await cairn.press('More for this record');
  await cairn.press('Remove');
  await cairn.see('[role="dialog"]');
  await cairn.settled();
  await cairn.type(Key.ENTER);
  await cairn.reads('Removed “CKA”.');
  assert.equal(await linked(), 0);
  await cairn.eventually(async () => (await cairn.text('article')) === '', 'no other record opens in its place');
  await cairn.press('Undo');
  await cairn.eventually(async () => (await linked()) === 1, 'the link is back');
  await cairn.go('#/history');
  await cairn.reads('CKA');
  await cairn.picture('history');
});

test('Undo in a message takes back its own step, or nothing', async t => {
  const fill = [['add', 'deadline', { title: 'Exam', date: '2026-01-10' }], ['add', 'deadline', { title: 'Essay', date: '2026-01-11' }]];
  const cairn = await Cairn.open(t, { fill });
  const done = async () => (await cairn.cli('show', 'deadline')).filter(({ fields }) => fields.done).map(({ fields }) => fields.title);
  await cairn.go('#/');
  await cairn.press('Mark done');
  await cairn.reads('Undo');
  const [first] = await cairn.eventually(async () => (await done()).length === 1 && done(), 'one is done');
  // Another process writes between the message and the press.
  await cairn.cli('add', 'skill', { name: 'Rust' });
  await cairn.eventually(async () => !(await cairn.text()).includes('Undo'), 'the message no longer offers to undo it');
  assert.deepEqual(await done(), [first]);
  assert.deepEqual(await cairn.titles('skill'), ['Rust']);

  await cairn.press('Mark done');
  await cairn.eventually(async () => (await done()).length === 2, 'both are done');
  await cairn.press('Undo');
  await cairn.eventually(async () => (await done()).length === 1, 'the second is not done again');
  assert.deepEqual(await done(), [first]);
});
