// Files of evidence: dropped, chosen, seen.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, Key } from './window.mjs';

// One grey pixel.
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

test('files dropped on evidence are kept by their hash and previewed', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'evidence', { title: 'Report' }]] });
  const [{ id }] = await cairn.cli('show', 'evidence');
  await cairn.go(`#/evidence/evidence/${id}`);
  const csv = Buffer.from('day,p95\n1,900\n2,300\n');
  await cairn.drop('section[aria-label="Files"]', [
    { name: 'latency.csv', type: 'text/csv', bytes: csv },
    { name: 'pixel.png', type: 'image/png', bytes: pixel },
  ]);
  const files = await cairn.eventually(async () => {
    const [{ files }] = await cairn.cli('show', 'evidence', id);
    return files.length === 2 && files;
  }, 'both files are attached');
  const [step] = await cairn.cli('history');
  assert.equal(step.title, 'latency.csv, pixel.png', 'what came in one gesture is one step');
  const hash = createHash('sha256').update(csv).digest('hex');
  assert.ok(files.some(file => file.sha256 === hash && file.name === 'latency.csv'));
  assert.ok(existsSync(join(cairn.vault, 'files', hash.slice(0, 2), hash)));
  await cairn.reads('latency.csv', 'section[aria-label="Files"]');
  await cairn.reads('pixel.png', 'section[aria-label="Files"]');
  await cairn.picture('evidence');
  const kept = async () => (await cairn.cli('show', 'evidence', id))[0].files.length;
  await cairn.chord('z');
  await cairn.eventually(async () => (await kept()) === 0, 'undo takes both');
  await cairn.chord('z', Key.SHIFT);
  await cairn.reads('Done again: attached');
  assert.equal(await kept(), 2);
  await cairn.press('Undo');
  await cairn.eventually(async () => (await kept()) === 0, 'what was done again is taken back from its message');
});

test('files chosen in the dialog are attached, and a copy is saved where it is wanted', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'evidence', { title: 'Report' }]] });
  const [{ id }] = await cairn.cli('show', 'evidence');
  cairn.answer(cairn.file('plan.txt', 'Step one'));
  await cairn.go(`#/evidence/evidence/${id}`);
  await cairn.press('choose files');
  await cairn.reads('plan.txt', 'section[aria-label="Files"]');
  assert.equal((await cairn.cli('show', 'evidence', id))[0].files[0].name, 'plan.txt');
});

test('a pasted file is attached, and opened by the system only after a question', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'evidence', { title: 'Report' }]] });
  const opened = join(cairn.home, 'opened');
  cairn.file('bin/xdg-open', `#!/bin/sh\ncat "$1" > "${opened}"\n`, 0o755);
  const [{ id }] = await cairn.cli('show', 'evidence');
  await cairn.go(`#/evidence/evidence/${id}`);
  await cairn.paste([{ name: 'clip.txt', type: 'text/plain', text: 'Copied' }]);
  await cairn.reads('clip.txt', 'section[aria-label="Files"]');
  const open = () => cairn.press('Open', 'section[aria-label="Files"]');
  await open();
  await cairn.reads('clip.txt', '[role=alertdialog], [role=dialog]');
  await cairn.press('Cancel');
  await cairn.eventually(() => cairn.driver.executeScript('return !document.querySelector("[role=alertdialog], [role=dialog]")'), 'the question is gone');
  assert.ok(!existsSync(opened), 'nothing is opened by looking at the question');
  await open();
  await cairn.press('Open', '[role=alertdialog], [role=dialog]');
  await cairn.eventually(() => existsSync(opened) && readFileSync(opened, 'utf8') === 'Copied', 'the system opens it');
});

test('the beginning of a text file is read in place', async t => {
  const cairn = await Cairn.open(t, { fill: [['add', 'evidence', { title: 'Report' }]] });
  const [{ id }] = await cairn.cli('show', 'evidence');
  await cairn.cli('attach', id, cairn.file('notes.txt', 'Größe: 5 <b>kg</b>\n'.repeat(20_000)));
  await cairn.go(`#/evidence/evidence/${id}`);
  await cairn.press('Show', 'section[aria-label="Files"]');
  await cairn.reads('Größe: 5 <b>kg</b>', 'pre');
  await cairn.reads('beginning', 'section[aria-label="Files"]');
  assert.deepEqual(await cairn.findings(), []);
  await cairn.picture('text-preview');
});
