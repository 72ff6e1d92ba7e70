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
  await cairn.reads('This lies before the start.');
  assert.equal((await cairn.cli('show', 'credential', id))[0].fields.expires, null);
  await cairn.fill('/expires', '2029-03');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential', id))[0].fields.expires === '2029-03', 'the date is kept');
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
