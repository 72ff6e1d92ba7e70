// The first minute: a résumé, nothing, or a sample learner.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, project } from './window.mjs';

const resume = join(project, 'tests/interop/node_modules/@jsonresume/schema/sample.resume.json');
const { basics, work } = JSON.parse(readFileSync(resume, 'utf8'));

test('a résumé chosen in the dialog fills the profile', async t => {
  const cairn = await Cairn.open(t);
  await cairn.reads('Where do you want to begin?');
  await cairn.picture('first-start');
  cairn.answer(resume);
  await cairn.press('Start with my résumé');
  await cairn.eventually(async () => (await cairn.titles('profile'))[0] === basics.name, 'the profile is in the vault');
  await cairn.eventually(() => cairn.driver.executeScript('return location.hash.startsWith("#/profile")'));
  await cairn.eventually(
    () => cairn.driver.executeScript('return [...document.querySelectorAll("textarea, input")].some(field => field.value === arguments[0])', basics.name),
    'the profile shows the name',
  );
  assert.equal((await cairn.titles('work')).length, work.length);
  await cairn.picture('profile');
});

test('a résumé dropped on the window does the same', async t => {
  const cairn = await Cairn.open(t);
  await cairn.drop('main', [{ name: 'resume.json', type: 'application/json', bytes: readFileSync(resume) }]);
  await cairn.eventually(async () => (await cairn.titles('profile'))[0] === basics.name, 'the profile is in the vault');
});

test('one file that is no résumé does not stop the one that is', async t => {
  const cairn = await Cairn.open(t);
  await cairn.drop('main', [
    { name: 'noise.json', type: 'application/json', bytes: Buffer.from('{"a": ') },
    { name: 'resume.json', type: 'application/json', bytes: readFileSync(resume) },
  ]);
  await cairn.eventually(async () => (await cairn.titles('profile'))[0] === basics.name, 'the profile is in the vault');
  await cairn.reads('noise.json');
  await cairn.reads('resume.json');
});

test('a cancelled dialog changes nothing', async t => {
  const cairn = await Cairn.open(t);
  cairn.answer('');
  await cairn.press('Start with my résumé');
  await cairn.answered();
  await cairn.reads('Where do you want to begin?');
  assert.deepEqual(await cairn.cli('history'), []);
});

test('starting empty leads to the profile', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Start empty');
  await cairn.see('nav');
  await cairn.eventually(() => cairn.driver.executeScript('return location.hash === "#/profile"'));
});

test('the sample learner moves in and leaves with one click', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.reads('You are looking at a sample learner.');
  await cairn.reads('Today');
  assert.ok((await cairn.titles('credential')).length > 4);
  await cairn.picture('today');
  await cairn.press('Remove the sample');
  await cairn.eventually(async () => (await cairn.titles('credential')).length === 0, 'the sample is gone');
  await cairn.eventually(async () => !(await cairn.text()).includes('You are looking at a sample learner.'), 'the banner is gone');
});
