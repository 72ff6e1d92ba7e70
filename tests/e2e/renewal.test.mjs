// Keeping a credential: what it shows, whether it fits its goal, and the credits its renewal asks for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

/** A day so many days from today where the learner is, as the vault keeps it. */
const daysAway = days => {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(part => String(part).padStart(2, '0')).join('-');
};

test('credits are logged where the renewal stands, counted, taken back, and remembered on Today', async t => {
  const fields = { title: 'CCSP', issuer: 'ISC2', status: 'earned', ce_credits: 30, ce_unit: 'CPE credits', cycle_start: daysAway(-900), cycle_end: daysAway(90) };
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', fields]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.reads('0 of 30 CPE credits by');
  await cairn.reads('Nothing logged in this cycle yet.');

  const line = await cairn.see('form input[placeholder="What earned credits?"]');
  await line.sendKeys('Cloud security conference', Key.TAB, Key.TAB, '12.5', Key.ENTER);
  await cairn.reads('12.5 of 30 CPE credits by');
  await cairn.reads('17.5 still to earn');
  const [logged] = await cairn.cli('show', 'renewal-activity');
  assert.equal(logged.fields.credential, id);
  assert.equal(logged.fields.credits, 12.5);
  assert.equal(logged.fields.date, daysAway(0));
  await cairn.picture('renewal');

  await cairn.go('#/today');
  await cairn.reads('12.5 of 30 CPE credits');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.reads('12.5 of 30 CPE credits by');
  await cairn.chord('z');
  await cairn.reads('0 of 30 CPE credits by');
  assert.deepEqual(await cairn.cli('show', 'renewal-activity'), []);

  await cairn.press('Renewed? Begin the next cycle');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential', id))[0].fields.cycle_start === daysAway(91), 'the next cycle has begun');
  await cairn.press('Undo');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential', id))[0].fields.cycle_end === daysAway(90), 'the cycle is back');
});

test('a credential that only shows attendance says so, and what would make it stronger', async t => {
  const fields = { title: 'Platform day', type: 'course-completion', assessment: 'attendance', status: 'earned' };
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', fields]] });
  const [{ id }] = await cairn.cli('show', 'credential');
  await cairn.go('#/credentials');
  await cairn.reads('Attendance only');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.reads('This only shows attendance');
  await cairn.press('Add goal');
  const meant = await cairn.see('[data-field="/purpose"] select');
  await meant.sendKeys('Show that I can do it');
  await cairn.reads('Does not fit its purpose');
  await cairn.reads('this goal needs proof of doing');
  await cairn.picture('attendance');

  await cairn.press('An endorsement by someone who saw it');
  const name = await cairn.see('article textarea');
  await name.sendKeys('Grace Hopper', Key.TAB);
  await cairn.eventually(async () => (await cairn.cli('show', 'endorsement'))[0]?.fields.credential === id, 'the endorsement speaks of it');
  await cairn.go(`#/credentials/credential/${id}`);
  await cairn.reads('Grace Hopper');
  assert.ok(!(await cairn.text('article')).includes('An endorsement by someone who saw it'));
});
