// Putting a document in another order, by hand and by keys, and thinking better of an export.

import assert from 'node:assert/strict';
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

/** More than a packet holds before there is time to cancel it, in bytes. */
const LARGE = 1536 << 20;

async function studio(t) {
  const cairn = await Cairn.open(t);
  await cairn.press('Look around');
  await cairn.press('Dismiss');
  const [{ id }] = await cairn.cli('show', 'collection');
  return { cairn, id, open: () => cairn.go(`#/documents/collection/${id}`) };
}

/** The sections of the outline as they are seen, top to bottom. */
const sections = cairn =>
  cairn.driver.executeScript(`return [...document.querySelectorAll('button[id^="outline-"][id$="-open"]')]
    .map(button => button.id.replace(/^outline-|-open$/g, '')).filter(kind => !/[0-9]/.test(kind))`);

/** The order of the sections as it is kept. */
const kept = async (cairn, id) => ((await cairn.cli('show', 'collection', id))[0].fields.sections ?? []).map(section => section.kind);

const comesBefore = (order, one, other) => order.indexOf(one) >= 0 && order.indexOf(one) < order.indexOf(other);

test('sections change places by Alt and the arrows, and the focus goes along', async t => {
  const { cairn, id, open } = await studio(t);
  await open();
  const [, first, second] = await sections(cairn);
  await cairn.driver.executeScript('document.getElementById(arguments[0]).focus()', `outline-${first}-open`);
  await cairn.driver.actions().keyDown(Key.ALT).sendKeys(Key.ARROW_DOWN).keyUp(Key.ALT).perform();
  await cairn.eventually(async () => comesBefore(await sections(cairn), second, first), 'the section has moved down');
  assert.equal(await cairn.driver.executeScript('return document.activeElement.id'), `outline-${first}-open`);
  await cairn.eventually(async () => comesBefore(await kept(cairn, id), second, first), 'the order is kept');
  await cairn.driver.actions().keyDown(Key.ALT).sendKeys(Key.ARROW_UP).keyUp(Key.ALT).perform();
  await cairn.eventually(async () => comesBefore(await kept(cairn, id), first, second), 'and back');
});

test('a section is dragged by its handle, and undo puts it back', async t => {
  const { cairn, id, open } = await studio(t);
  await open();
  const [, first, second] = await sections(cairn);
  const place = kind =>
    cairn.driver.executeScript(
      `const row = document.getElementById(arguments[0]).closest('.group');
       const box = row.getBoundingClientRect(), grip = row.firstElementChild.getBoundingClientRect();
       return { x: Math.round(grip.x + grip.width / 2), top: Math.round(box.top), middle: Math.round(box.top + box.height / 2), bottom: Math.round(box.bottom) }`,
      `outline-${kind}-open`,
    );
  const [from, to] = [await place(first), await place(second)];
  const mouse = cairn.driver.actions({ async: true });
  await mouse.move({ x: from.x, y: from.middle }).press().move({ x: from.x, y: to.middle, duration: 200 }).move({ x: from.x, y: to.bottom - 2, duration: 100 }).release().perform();
  await cairn.eventually(async () => comesBefore(await kept(cairn, id), second, first), 'the section has moved');
  assert.ok(comesBefore(await sections(cairn), second, first));
  await cairn.driver.executeScript('document.activeElement.blur()');
  await cairn.chord('z');
  await cairn.eventually(async () => comesBefore(await sections(cairn), first, second), 'undo shows the old order');
});

test('a packet that is cancelled leaves nothing behind', async t => {
  const { cairn, id, open } = await studio(t);
  const file = cairn.file('recording.bin', '');
  truncateSync(file, LARGE);
  const { fields } = (await cairn.cli('show', 'collection', id))[0];
  const shown = new Set((fields.entries ?? []).filter(entry => entry.shown !== false).map(entry => entry.record));
  const evidence = (await cairn.cli('show', 'evidence')).find(one => shown.has(one.id) || (one.fields.credentials ?? []).some(link => shown.has(link)));
  await cairn.cli('attach', evidence.id, file);
  await open();
  const packet = join(cairn.home, 'me.cairn');
  const before = readdirSync(cairn.home).toSorted();
  cairn.answer(packet);
  await cairn.press('Export');
  await cairn.press('Signed packet');
  await cairn.reads('You have no key yet', '[role="dialog"]');
  await cairn.press('Sign and save');
  await cairn.press('Stop');
  await cairn.eventually(() => cairn.driver.executeScript('return !document.querySelector("progress")'), 'the work has ended');
  await cairn.settled();
  assert.deepEqual(readdirSync(cairn.home).filter(name => name !== 'answers').toSorted(), before.filter(name => name !== 'answers'));
  assert.ok(!(await cairn.text()).includes('Saved as'));
});
