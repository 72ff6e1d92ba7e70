// Every kind of record made in the window, as the command line then finds it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

/** Each kind with its place, the name of a new one, and what else it needs. */
const kinds = [
  ['credential', 'credentials', 'Certified Kubernetes Administrator', { '/issuer': 'CNCF' }],
  ['endorsement', 'credentials', 'Grace Hopper', { '/role': 'Examiner' }],
  ['renewal-activity', 'credentials', 'Cloud security conference', { '/date': '2026-03-04' }],
  ['evidence', 'evidence', 'Incident report', { '/date': '2026-03' }],
  ['story', 'stories', 'Cut the nightly build', { '/situation': 'It took forty minutes.' }],
  ['skill', 'skills', 'Facilitation', { '/level': 'Working' }],
  ['sprint', 'plan', 'Networking module', { '/start': '2026-11-23' }],
  ['study-block', 'plan', 'Read chapter 3', { '/start': '2026-11-24 18:00' }],
  ['deadline', 'plan', 'Exam', { '/date': '2026-12-01' }],
  ['budget-line', 'money', 'Exam fee', { '/planned': '395' }],
  ['funding', 'money', 'Employer', { '/source': 'Learning budget' }],
  ['milestone', 'reflections', 'First service moved', { '/due': '2026-12' }],
  ['reflection', 'reflections', 'After the exam', { '/can_do': 'Run a cluster' }],
  ['work', 'profile', 'Acme', { '/position': 'Engineer' }],
  ['education', 'profile', 'University', { '/area': 'Physics' }],
  ['project', 'profile', 'Wind map', {}],
  ['volunteering', 'profile', 'Food bank', {}],
  ['award', 'profile', 'Town prize', {}],
  ['publication', 'profile', 'On zephyrs', {}],
  ['language', 'profile', 'Greek', {}],
  ['interest', 'profile', 'Kites', {}],
  ['reference', 'profile', 'Grace Hopper', {}],
];

test('each kind of record is made by typing, and saves itself', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: 'Ada Lovelace' }]] });
  for (const [kind, place, title, fields] of kinds) {
    await t.test(kind, async () => {
      await cairn.go(`#/${place}/${kind}/new`);
      const name = await cairn.see('article textarea');
      await name.sendKeys(title, Key.TAB);
      for (const [path, words] of Object.entries(fields)) await cairn.fill(path, words);
      await cairn.eventually(async () => (await cairn.titles(kind)).includes(title), `${kind} “${title}” is in the vault`);
      for (const [path, words] of Object.entries(fields)) {
        await cairn.eventually(async () => {
          const [{ fields }] = await cairn.cli('show', kind);
          const value = String(path.slice(1).split('/').reduce((part, step) => part?.[step], fields) ?? '');
          return value.replace('T', ' ').startsWith(words);
        }, `${kind} ${path} is “${words}”`);
      }
    });
  }
  await cairn.go('#/credentials');
  await cairn.press('Certified Kubernetes Administrator');
  await cairn.see('article');
  await cairn.picture('credential');
});

test('what is wrong is said at its field, and nothing of it is kept', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA', issued: '2026-03' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.press('Add valid until');
  await cairn.fill('/expires', '2025');
  await cairn.reads('This lies before the date of issue.');
  assert.equal((await cairn.cli('show', 'credential', id))[0].fields.expires, null);
  await cairn.fill('/expires', '2029-03');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential', id))[0].fields.expires === '2029-03', 'the date is kept');
});

test('half a date is never kept, and what is refused waits for whoever wrote it', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA', issued: '2026-03' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  const kept = async () => (await cairn.cli('show', 'credential', id))[0].fields.issued;
  const issued = () => cairn.see('[data-field="/issued"] input');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.write(await issued(), '2024-1');
  await cairn.settled();
  assert.equal(await kept(), '2026-03');
  await (await issued()).sendKeys('2', Key.TAB);
  await cairn.eventually(async () => (await kept()) === '2024-12', 'the whole date is kept');

  await cairn.write(await issued(), '2024-13', Key.TAB);
  await cairn.reads('Not saved', 'article');
  await cairn.go('#/skills');
  await cairn.reads('Of “CKA” this is not kept yet: issued');
  assert.equal(await kept(), '2024-12');
  await cairn.press('Go back');
  await cairn.eventually(async () => (await (await issued()).getAttribute('value')) === '2024-13', 'what was typed is there');
  await cairn.write(await issued(), '2024-11', Key.TAB);
  await cairn.eventually(async () => (await kept()) === '2024-11', 'the mended date is kept');
});

test('Esc takes back a half-typed amount, and then leaves the field', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'budget-line', { title: 'Exam', planned: '395', currency: 'EUR' }]] });
  const [{ id }] = await cairn.cli('show', 'budget-line');
  await cairn.go(`#/money/budget-line/${id}`);
  const planned = await cairn.see('[data-field="/planned"] input');
  await cairn.write(planned, '4', Key.ESCAPE);
  assert.equal(await planned.getAttribute('value'), '395');
  await cairn.type(Key.ESCAPE);
  await cairn.eventually(() => cairn.driver.executeScript('return document.activeElement?.tagName === "ARTICLE"'), 'the page has the focus');
  assert.equal((await cairn.cli('show', 'budget-line', id))[0].fields.planned, '395');
});

test('the page of a record says so when the making of it is undone', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: 'Ada' }]] });
  await cairn.go('#/skills/skill/new');
  await (await cairn.see('article textarea')).sendKeys('Rust', Key.ESCAPE);
  await cairn.eventually(async () => (await cairn.titles('skill')).length === 1, 'the skill is made');
  await cairn.chord('z');
  await cairn.reads('This record is no longer there.');
  await cairn.chord('z', Key.SHIFT);
  await cairn.eventually(async () => (await cairn.titles('skill')).length === 1, 'and made again');
  await cairn.see('article textarea');
});

test('what was typed last is kept when the window closes, wherever it was typed', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: 'Ada' }], ['add', 'collection', { title: 'Résumé' }]] });
  const [{ id }] = await cairn.cli('show', 'collection');
  await cairn.go(`#/documents/collection/${id}`);
  await cairn.write(await cairn.see('#page header input'), 'For Acme');
  await cairn.stop();
  assert.deepEqual(await cairn.titles('collection'), ['For Acme']);
  await cairn.start();
  await cairn.go('#/settings');
  await cairn.write(await cairn.see('[data-field="/discount_rate"] input'), '7');
  await cairn.stop();
  const [{ fields }] = await cairn.cli('show', 'money-settings');
  assert.equal(Number(fields.discount_rate), 7);
});

test('a window that holds what cannot be kept says so before it goes', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA' }]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.go(`#/credentials/credential/${id}`);
  const issued = await cairn.see('[data-field="/issued"] input');
  await cairn.write(issued, 'soon');
  await cairn.askToClose();
  await cairn.reads('Something you typed cannot be kept as it is. Mend it, or close again to leave without it.');
  await cairn.write(issued, '2026-03');
  await cairn.stop();
  assert.equal((await cairn.cli('show', 'credential', id))[0].fields.issued, '2026-03');
});

test('what the command line writes appears in the open window', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'skill', { name: 'Rust' }]] });
  await cairn.go('#/skills');
  await cairn.reads('Rust');
  await cairn.cli('add', 'skill', { name: 'Negotiation' });
  await cairn.reads('Negotiation');
});

test('searching finds words in any record, and opens it', async t => {
  const fill = [
    ['add', 'story', { title: 'Rollout', situation: 'Die Größenänderung in Sète' }],
    ['add', 'evidence', { title: 'Report', context: 'Größenordnung' }],
  ];
  const cairn = await Cairn.open(t, { fill });
  await cairn.go('#/search');
  const box = await cairn.see('#page input');
  await cairn.write(box, 'größen');
  await cairn.reads('2 records found');
  await cairn.press('Rollout');
  await cairn.see('article');
});
