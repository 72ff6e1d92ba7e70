// From a collection to paper and proof: the page follows the keys, the packet verifies, and a changed one does not.

import assert from 'node:assert/strict';
import { readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

/** The studio of the sample learner's first collection. */
async function studio(t) {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.press('Dismiss');
  const [{ id, fields }] = await cairn.cli('show', 'collection');
  await cairn.go(`#/documents/collection/${id}`);
  return { cairn, id, fields, shown: await page(cairn) };
}

/** The address of the page that is shown and drawn, once it is. */
function page(cairn, other) {
  const script = `
    const page = document.querySelector('[data-page]');
    const drawn = page?.querySelector('[role=img]')?.shadowRoot?.querySelector('svg path');
    const image = page && [...page.querySelectorAll('img')].find(image => image.getAttribute('src') === page.dataset.page);
    return drawn?.getBoundingClientRect().width > 0 || (image?.complete && image.naturalWidth > 0) ? page.dataset.page : null;`;
  return cairn.eventually(async () => {
    const shown = await cairn.driver.executeScript(script);
    return shown !== null && shown !== other && shown;
  }, 'a page is drawn');
}

test('the résumé beside the form follows what is typed, and records stay as they are', async t => {
  const { cairn, id, shown } = await studio(t);
  await cairn.picture('documents');
  const before = await cairn.cli('show', 'profile');
  await cairn.fill('/headline', 'Keeper of quiet clusters');
  await page(cairn, shown);
  await cairn.settled();
  const whole = await page(cairn);
  // Each letter is another page, and taking it back brings the page before.
  const field = await cairn.see('[data-field="/headline"] :is(input, textarea)');
  await field.sendKeys('!');
  const longer = await page(cairn, whole);
  await field.sendKeys('?');
  const longest = await page(cairn, longer);
  await cairn.picture('documents-typed');
  assert.deepEqual(await cairn.findings(), []);
  await field.sendKeys(Key.BACK_SPACE, Key.BACK_SPACE);
  await cairn.eventually(async () => ![longer, longest].includes(await page(cairn)), 'the page before is back');
  await cairn.eventually(async () => (await cairn.cli('show', 'collection', id))[0].fields.headline === 'Keeper of quiet clusters', 'the headline is kept');
  const [{ fields }] = await cairn.cli('show', 'profile');
  assert.deepEqual(fields, before[0].fields);
  await cairn.cli('export', 'resume', '--collection', id, '--format', 'text', '--out', join(cairn.home, 'resume.txt'));
  assert.ok(readFileSync(join(cairn.home, 'resume.txt'), 'utf8').includes('Keeper of quiet clusters'));
  await cairn.press('LinkedIn');
  await cairn.reads('Headline', '[role="tabpanel"]:not([hidden])');
  assert.deepEqual(await cairn.findings(), []);
});

test('a collection is made in the window, and begins with everything', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: 'Ada' }], ['add', 'work', { name: 'Acme', position: 'Engineer' }]] });
  await cairn.go('#/documents');
  await cairn.see('#new-collection');
  await cairn.driver.executeScript('document.getElementById("new-collection").focus()');
  await cairn.type('For Bell', Key.ENTER);
  await cairn.eventually(async () => (await cairn.titles('collection')).includes('For Bell'), 'the collection is kept');
  await page(cairn);
  await cairn.press('Text');
  await cairn.reads('Acme', '[role="tabpanel"]:not([hidden])');
});

test('a packet is exported and verified, and one that was changed is told apart', async t => {
  const { cairn } = await studio(t);
  const packet = join(cairn.home, 'me.cairn');
  cairn.answer(packet);
  await cairn.press('Export');
  await cairn.press('Signed packet');
  await cairn.reads('You have no key yet', '[role="dialog"]');
  await cairn.press('Sign and save');
  await cairn.eventually(() => existsSync(packet), 'the packet is written');
  await cairn.reads(`Saved as ${packet}`);
  const [verdict] = await cairn.cli('verify', packet);
  assert.equal(verdict.verdict, 'valid');

  await cairn.go('#/verify');
  cairn.answer(packet);
  await cairn.press('Choose files');
  await cairn.reads('Valid', '[role="status"]');
  const bytes = readFileSync(packet);
  bytes[Math.floor(bytes.length / 2)] ^= 0xff;
  const changed = join(cairn.home, 'changed.cairn');
  writeFileSync(changed, bytes);
  cairn.answer(changed);
  await cairn.press('Choose files');
  await cairn.reads('Not valid', '[role="status"]');
  await cairn.picture('verify');
  assert.deepEqual(await cairn.findings(), []);
});

test('a packet is looked into, shows what is in it, and gives out copies', async t => {
  const { cairn, id } = await studio(t);
  const packet = join(cairn.home, 'me.cairn');
  await cairn.cli('export', 'packet', '--collection', id, '--out', packet);
  const [profile] = await cairn.cli('show', 'profile');
  const history = JSON.stringify(await cairn.cli('history'));
  await cairn.go('#/verify');
  await cairn.drop('#page > div', [{ name: 'me.cairn', type: '', bytes: readFileSync(packet) }]);
  await cairn.reads('Valid', '[role="status"]');
  await cairn.press('Look inside');
  await cairn.reads(profile.fields.name, '#page h1');
  await cairn.reads('You are looking into somebody’s file.');
  for (const heading of ['Résumé', `Signed by ${profile.fields.name}`, 'Evidence', `What ${profile.fields.name} says`]) {
    await cairn.reads(heading, '#page');
  }
  await cairn.press('The résumé, line by line');
  await cairn.reads('The holder’s own word, signed by them', '#page');
  const drawn = 'return [...document.querySelectorAll("#page img")].some(image => image.complete && image.naturalWidth > 0)';
  await cairn.eventually(() => cairn.driver.executeScript(drawn), 'a picture of evidence is drawn');
  await cairn.press('What it says');
  await cairn.reads('Issuer', '#page li dl');
  const copy = join(cairn.home, 'copy.json');
  cairn.answer(copy);
  await cairn.press('Save a copy');
  await cairn.reads(`Saved as ${copy}.`);
  assert.equal(JSON.parse(readFileSync(copy, 'utf8')).basics.name, profile.fields.name);
  await cairn.picture('packet');
  assert.deepEqual(await cairn.findings(), []);
  // Looking changes nothing, and a closed verdict lets go of its packet.
  assert.equal(JSON.stringify(await cairn.cli('history')), history);
  await cairn.press('Back to Verify');
  await cairn.press('Close the verdict on me.cairn');
  await cairn.go('#/verify/packet/1');
  await cairn.reads('This packet is no longer open');
});

test('a PDF is saved where the dialog says, and a cancelled dialog writes nothing', async t => {
  const { cairn } = await studio(t);
  cairn.answer('', join(cairn.home, 'resume.pdf'));
  await cairn.press('Export');
  await cairn.press('PDF');
  await cairn.answered(1);
  assert.ok(!existsSync(join(cairn.home, 'resume.pdf')));
  await cairn.press('Export');
  await cairn.press('PDF');
  await cairn.eventually(() => existsSync(join(cairn.home, 'resume.pdf')), 'the PDF is written');
  assert.equal(readFileSync(join(cairn.home, 'resume.pdf')).subarray(0, 5).toString(), '%PDF-');
});

test('nothing is exported while something on the page is not saved', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: 'Ada Lovelace' }], ['add', 'collection', { title: 'General' }]] });
  const [{ id }] = await cairn.cli('show', 'collection');
  await cairn.go(`#/documents/collection/${id}`);
  await cairn.write(await cairn.see('#page header input'), Key.BACK_SPACE);
  const target = join(cairn.home, 'out.pdf');
  cairn.answer(target);
  await cairn.press('Export');
  await cairn.press('PDF');
  await cairn.reads('Not exported: something on this page is not saved yet.');
  assert.ok(!existsSync(target));
});
