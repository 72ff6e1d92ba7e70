// What somebody does in a first hour, and what must not surprise them then.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

const active = (cairn, what) => cairn.driver.executeScript(`const has = document.activeElement; return has ? ${what} : null`);
const open = cairn => cairn.driver.executeScript('return document.querySelector("article")?.getAttribute("aria-label") ?? null');
const small = cairn => cairn.driver.manage().window().setRect({ width: 1024, height: 640 });

test('in a small window a record is opened, left and removed by keys, and the focus stays with the list', async t => {
  const fill = ['Alpha', 'Beta', 'Gamma'].map(title => ['add', 'story', { title }]);
  const cairn = await Cairn.open(t, { fill });
  await small(cairn);
  await cairn.go('#/stories');
  await cairn.type('j');
  await cairn.eventually(async () => (await open(cairn)) === 'Alpha', 'J opens the first');
  await cairn.eventually(async () => (await active(cairn, 'has.tagName')) === 'ARTICLE', 'the record has the focus');
  await cairn.type('j');
  await cairn.eventually(async () => (await open(cairn)) === 'Beta', 'J opens the next');
  await cairn.eventually(async () => (await active(cairn, 'has.tagName')) === 'ARTICLE', 'the next record has the focus');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(async () => (await active(cairn, 'has.innerText.trim()')).startsWith('Beta'), 'Esc goes back to its row');
  await cairn.type(Key.ENTER);
  await cairn.eventually(async () => (await open(cairn)) === 'Beta', 'Enter opens it again');
  await cairn.settled();
  await cairn.chord(Key.BACK_SPACE);
  await cairn.reads('Removed “Beta”.');
  assert.equal(await open(cairn), null, 'nothing else opens in its place');
  await cairn.eventually(async () => (await active(cairn, 'has.innerText.trim()')).startsWith('Gamma'), 'the row after it has the focus');
  await cairn.chord(Key.BACK_SPACE);
  await cairn.settled();
  assert.deepEqual(await cairn.titles('story'), ['Alpha', 'Gamma']);
  await cairn.chord('z');
  await cairn.eventually(async () => (await open(cairn)) === 'Beta', 'undo shows what came back');
});

test('the last record of a list leaves the focus on the way to a new one', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'story', { title: 'Only' }], ['add', 'skill', { name: 'Rust' }]] });
  await cairn.go('#/stories');
  await cairn.type('j');
  await cairn.eventually(async () => (await open(cairn)) === 'Only', 'it is open');
  await cairn.chord(Key.BACK_SPACE);
  await cairn.eventually(async () => (await active(cairn, 'has.innerText.trim()')).startsWith('New story'), 'the button has the focus');
  // What the empty list shows is an example, not a record.
  await cairn.reads('For example');
  assert.deepEqual(await cairn.titles('story'), []);
});

test('a credential with an issue date is not left out of documents without a word', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  await cairn.cli('add', 'collection', { title: 'For Acme' });
  const [{ id: collection }] = await cairn.cli('show', 'collection');
  await cairn.go('#/credentials/credential/new');
  await cairn.type('CKA', Key.TAB);
  await cairn.fill('/issued', 'March 2024');
  await cairn.reads('It has an issue date, and is not marked as earned');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.go(`#/documents/collection/${collection}`);
  await cairn.reads('1 credential is left out');
  await cairn.go('#/');
  await cairn.reads('1 credential with an issue date that is not marked as earned');
  await cairn.press('Say if it is earned');
  await cairn.press('Mark as earned');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential'))[0].fields.status === 'earned', 'it is earned');
  await cairn.eventually(async () => !(await cairn.text('article')).includes('not marked as earned'), 'the note is gone');
  await cairn.go(`#/documents/collection/${collection}`);
  await cairn.eventually(async () => !(await cairn.text()).includes('left out'), 'nothing is left out');
});

test('evidence that is there is linked from a skill, by keys, and another is made from the same field', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'evidence', { title: 'Runbook' }], ['add', 'skill', { name: 'Incidents' }]] });
  const [{ id }] = await cairn.cli('show', 'skill');
  const linked = async () => (await cairn.cli('show', 'evidence')).filter(({ fields }) => fields.skills.includes(id)).map(({ fields }) => fields.title);
  await cairn.go(`#/skills/skill/${id}`);
  await cairn.driver.executeScript('arguments[0].focus()', await cairn.named('Add evidence'));
  await cairn.type(Key.ENTER);
  await cairn.reads('Runbook', '[role="listbox"]');
  await cairn.type('runb');
  await cairn.eventually(async () => !(await cairn.text('[role="listbox"]')).includes('Searching'), 'it is found');
  await cairn.type(Key.ENTER);
  await cairn.eventually(async () => (await linked()).length === 1, 'it is linked');
  await cairn.reads('Linked “Runbook”.');
  await cairn.settled();
  assert.equal((await cairn.cli('show', 'evidence')).length, 1, 'nothing else was made');
  await cairn.chord('z');
  await cairn.eventually(async () => (await linked()).length === 0, 'and unlinked again');

  // Esc closes the list, and then the field.
  await cairn.driver.executeScript('arguments[0].focus()', await cairn.named('Add evidence'));
  await cairn.type(Key.ENTER);
  await cairn.see('[role="listbox"]');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(async () => (await cairn.text('[role="listbox"]')) === '', 'the list is closed');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(async () => (await active(cairn, 'has.getAttribute("aria-label")')) === 'Add evidence' && (await active(cairn, 'has.tagName')) === 'BUTTON', 'the button is back, with the focus');

  await cairn.press('Add evidence');
  await cairn.type('Postmortem');
  await cairn.press('New evidence “Postmortem”');
  await cairn.eventually(async () => (await open(cairn)) === 'Postmortem', 'a new one begins under that name');
  // Its link has a name before the record has a key.
  await cairn.reads('Incidents', '[data-field="/skills"]');
  await cairn.fill('/result', 'Found in 12 minutes');
  await cairn.eventually(async () => (await linked()).join() === 'Postmortem', 'it is kept, with its link');
});

test('choosing the one link of a field keeps the focus beside it', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA' }], ['add', 'budget-line', { title: 'Exam' }]] });
  const [{ id }] = await cairn.cli('show', 'budget-line');
  await cairn.go(`#/money/budget-line/${id}`);
  await (await cairn.see('[data-field="/credential"] input')).click();
  await cairn.reads('CKA', '[role="listbox"]');
  await cairn.type(Key.ARROW_DOWN, Key.ENTER);
  await cairn.eventually(async () => (await cairn.cli('show', 'budget-line'))[0].fields.credential !== null, 'it is linked');
  await cairn.settled();
  assert.match(await active(cairn, 'has.innerText'), /^CKA/);
});

test('a study block says that it is saved, and Enter is the end of its card', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  await cairn.go('#/plan');
  await cairn.type('n');
  await cairn.see('[role="dialog"]');
  await cairn.type('Networking');
  await cairn.eventually(async () => (await cairn.titles('study-block')).length === 1, 'it is kept');
  await cairn.eventually(async () => !(await cairn.text('[role="dialog"]')).includes('Saving'), 'it no longer says that it is being saved');
  await cairn.reads('Saved', '[role="dialog"]');
  assert.ok(!(await cairn.text('[role="dialog"]')).includes('Missed'), 'what is ahead cannot have been missed');
  await cairn.picture('block-card');
  await cairn.type(Key.ENTER);
  await cairn.eventually(async () => (await cairn.text('[role="dialog"]')) === '', 'the card is closed');
  await cairn.eventually(async () => (await active(cairn, 'has.closest("[data-block]") !== null')) === true, 'the block has the focus');
  await cairn.type('x');
  await cairn.reads('“Networking” is still ahead');
  assert.equal((await cairn.cli('show', 'study-block'))[0].fields.status, 'planned');
});

test('a week that opens at an evening says what page it is, and a night is told to its end', async t => {
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const cairn = await Cairn.open(t, { fill: [
    ['add', 'study-block', { title: 'Evening reading', start: `${soon}T20:30`, minutes: 50 }],
    ['add', 'study-block', { title: 'Night shift', start: `${soon}T23:50`, minutes: 60 }],
  ] });
  await small(cairn);
  await cairn.driver.executeScript(`location.hash = '#/plan?week=${soon}'`);
  await cairn.settled();
  await cairn.reads('23:50–00:50');
  const seen = css => cairn.driver.executeScript(`const { top, bottom } = document.querySelector('${css}').getBoundingClientRect(); return top >= 0 && bottom <= innerHeight`);
  await cairn.eventually(async () => (await seen('[data-block]')) && (await seen('h1')), 'both the first block and the heading are in sight');
  for (const number of [1, 2, 3, 4]) await cairn.cli('add', 'deadline', { title: `Form ${number}`, date: soon });
  await cairn.press('2 more on');
  await cairn.eventually(async () => (await active(cairn, 'has.innerText.trim()')).endsWith('Form 3'), 'the first that was hidden has the focus');
});

test('a button that rests while its work is done has the focus again after', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  await cairn.go('#/settings');
  await cairn.driver.executeScript('arguments[0].focus()', await cairn.named('Back up now'));
  await cairn.type(Key.ENTER);
  await cairn.reads('Backed up and checked.');
  await cairn.eventually(async () => (await active(cairn, 'has.innerText')) === 'Back up now', 'the button has the focus');
});

test('Esc leaves a field of the profile, and one wrong field is named and keeps no other from being saved', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  await cairn.go('#/profile');
  await cairn.fill('/email', 'nobody');
  await cairn.reads('Not saved: e-mail');
  const phone = await cairn.see('[data-field="/phone"] textarea');
  await phone.click();
  await cairn.type('+46 1', Key.ESCAPE);
  await cairn.eventually(async () => (await active(cairn, 'has.tagName')) === 'SECTION', 'the field is left');
  await cairn.eventually(async () => (await cairn.cli('show', 'profile'))[0].fields.phone === '+46 1', 'the other field is kept');
  assert.equal((await cairn.cli('show', 'profile'))[0].fields.email, '');
});

test('a backup in a file replaces the vault only after a question', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  const file = cairn.file('backup.zip', '');
  await cairn.cli('backup', '--to', `${file}.cairn-backup`);
  await cairn.cli('add', 'skill', { name: 'Later' });
  cairn.answer(`${file}.cairn-backup`);
  await cairn.go('#/settings');
  await cairn.press('Restore from a file');
  await cairn.reads('Everything in this vault is replaced', '[role="dialog"]');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.press('Cancel');
  assert.deepEqual(await cairn.titles('skill'), ['Rust', 'Later']);
  await cairn.press('Restore from a file');
  await cairn.press('Choose the file');
  await cairn.reads('Restored.');
  assert.deepEqual(await cairn.titles('skill'), ['Rust']);
});

test('the palette leads to the backups, and going back to one is undone like anything else', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }], ['backup'], ['add', 'skill', { name: 'Go' }]] });
  await cairn.go('#/skills');
  await cairn.chord('k');
  await cairn.see('[role="dialog"] input');
  await cairn.type('restore');
  await cairn.reads('Restore a backup', '[role="listbox"]');
  await cairn.type(Key.ENTER);
  await cairn.eventually(async () => (await active(cairn, 'has.innerText')) === 'Backups', 'the focus is where the backups are');
  await cairn.driver.executeScript(`[...document.querySelectorAll('li')].find(row => row.innerText.includes('made by you')).querySelector('button').click()`);
  await cairn.press('Restore', '[role="dialog"]');
  await cairn.eventually(async () => (await cairn.titles('skill')).join() === 'Rust', 'the backup took its place');
  await cairn.reads('before going back to another');
  await cairn.press('Undo');
  await cairn.reads('Undone: went back to a backup.');
  await cairn.eventually(async () => (await cairn.titles('skill')).join() === 'Rust,Go', 'what was there before is back');
  await cairn.chord('z');
  await cairn.eventually(async () => (await cairn.titles('skill')).join() === 'Rust', 'and its own history goes on');
});

test('a credential that was changed is said at the import and in the studio, and a position added later is counted as new', async t => {
  const cairn = await Cairn.open(t, { fill: [
    ['add', 'profile', { name: 'Ada' }],
    ['add', 'credential', { title: 'Crane licence', issuer: 'Port', status: 'earned', issued: '2026-01-05' }],
  ] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.cli('export', 'badge', '--id', id, '--format', 'json', '--out', `${cairn.home}/badge.json`);
  await cairn.cli('remove', 'credential', id);
  const changed = readFileSync(`${cairn.home}/badge.json`, 'utf8').replaceAll('Crane licence', 'Pilot licence');
  await cairn.go('#/credentials');
  await cairn.drop('#page > div', [{ name: 'badge.json', type: 'application/json', bytes: Buffer.from(changed) }]);
  await cairn.reads('1 of its credentials does not verify.');
  await cairn.go('#/documents');
  await cairn.see('#new-collection');
  await cairn.driver.executeScript('document.getElementById("new-collection").focus()');
  await cairn.type('For Acme', Key.ENTER);
  await cairn.reads('“Pilot licence” does not verify, and is shown all the same.');
  await cairn.cli('add', 'work', { name: 'Acme', start: '2024' });
  await cairn.reads('1 new');
  await cairn.settled();
  await cairn.picture('studio-doubted');
});
