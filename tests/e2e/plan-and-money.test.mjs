// A week is planned by keys and by dragging, and money is counted, in the real window.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { By, Cairn, Key } from './window.mjs';

const block = async cairn => (await cairn.cli('show', 'study-block')).map(({ fields }) => fields)[0];
const minute = start => Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));

test('a study block is made, moved by keys and by dragging, kept, and the move undone', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Start empty');
  await cairn.go('#/plan');
  await cairn.reads('Nothing planned yet');
  await cairn.type('n');
  await cairn.see('[role="dialog"] :is(input, textarea)');
  await cairn.type('Read chapter two');
  await cairn.see('[data-block]');
  await cairn.type(Key.ESCAPE);
  const made = await block(cairn);
  assert.equal(made.title, 'Read chapter two');
  assert.equal(made.minutes, 50);

  // The focus is on the block; two presses are one step of the history.
  await cairn.type(Key.ARROW_UP, Key.ARROW_UP);
  await cairn.eventually(async () => minute((await block(cairn)).start) === minute(made.start) - 30, 'moved half an hour up');
  await cairn.type(Key.SPACE);
  await cairn.eventually(async () => (await block(cairn)).status === 'kept', 'marked kept');
  await cairn.reads('50 min kept of 50 min planned');

  const box = await cairn.see('[data-block]');
  await cairn.driver.executeScript(`arguments[0].scrollIntoView({ block: 'center' })`, box);
  await cairn.driver
    .actions({ async: true })
    .move({ origin: box })
    .press()
    .move({ origin: 'pointer', y: 20, duration: 100 })
    .move({ origin: 'pointer', y: 24, duration: 100 })
    .release()
    .perform();
  await cairn.eventually(async () => minute((await block(cairn)).start) === minute(made.start) + 30, 'dragged an hour down');
  await cairn.press('Undo', 'section');
  await cairn.eventually(async () => minute((await block(cairn)).start) === minute(made.start) - 30, 'put back');
  await cairn.picture('plan');

  const calendar = join(cairn.home, 'study.ics');
  cairn.answer(calendar);
  await cairn.press('Export the calendar');
  await cairn.reads('Saved as');
  assert.match(readFileSync(calendar, 'utf8'), /SUMMARY:Read chapter two/);
});

test('a currency without a rate is named, and counts once its rate is typed', async t => {
  const cairn = await Cairn.open(t);
  await cairn.press('Start empty');
  await cairn.cli('add', 'budget-line', { title: 'Exam', planned: '100.00', actual: '100.00', currency: 'USD' });
  await cairn.cli('add', 'budget-line', { title: 'Book', planned: '40.00', actual: '20.05', currency: 'EUR' });
  await cairn.go('#/money');
  await cairn.reads('20.05 EUR');
  await cairn.reads('What is in USD is not in these totals');
  const rate = await cairn.driver.findElement(By.css('form input'));
  await cairn.write(rate, '0,925', Key.ENTER);
  await cairn.reads('112.55 EUR');
  await cairn.reads('spent of 132.50 planned');
  // The bar of the category is as long as what was spent of what was planned.
  const [frame, bar] = await cairn.driver.executeScript(`return [...document.querySelectorAll('#page li span[aria-hidden] > span')].map(span => span.getBoundingClientRect().width)`);
  assert.ok(Math.abs(bar / frame - 112.55 / 132.5) < 0.02, `${bar} of ${frame}`);
  await cairn.press('Table');
  await cairn.reads('Fee');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.picture('money');
});

test('what a credential should bring back is typed on its page, and money tells when it has', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'credential', { title: 'CKA', status: 'earned', issued: '2026-01' }]] });
  const [{ id: credential }] = await cairn.cli('show', 'credential');
  await cairn.cli('add', 'budget-line', { title: 'Exam', planned: '450.00', actual: '450.00', currency: 'EUR', credential });
  await cairn.go(`#/credentials/credential/${credential}`);
  await cairn.press('Add expected return', 'article');
  await cairn.eventually(() => cairn.driver.executeScript('return location.hash.includes("expected-return")'), 'the new page is there');
  await (await cairn.see('article textarea')).sendKeys('Raise after the exam', Key.TAB);
  await cairn.fill('/monthly_gain', '75.00');
  await cairn.fill('/from', '2026-02');
  await cairn.fill('/probability', '50');
  await cairn.eventually(async () => {
    const [made] = await cairn.cli('show', 'expected-return');
    return made?.fields.probability === 50 && made.fields.credential === credential && made.fields.monthly_gain === '75.00';
  }, 'the return is kept, for its credential');
  // 75 a month at one half has 450 back after twelve.
  await cairn.go('#/money');
  await cairn.reads('Raise after the exam');
  await cairn.reads('12 months');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.picture('money-return');
});
