// A second window on the same vault, and what the window leaves behind.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Cairn, program } from './window.mjs';

test('a second window raises the first and ends', async t => {
  const cairn = await Cairn.open(t);
  const second = spawnSync(program, ['--vault', cairn.vault], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stderr, /raised/);
  await cairn.reads('Where do you want to begin?');
});

test('the log of the window holds no personal text', async t => {
  const secret = 'Xyzzyplugh';
  const cairn = await Cairn.open(t, { fill: [['add', 'profile', { name: secret }], ['add', 'skill', { name: secret }]] });
  await cairn.go('#/skills');
  await cairn.reads(secret);
  await cairn.go('#/search');
  await cairn.write(await cairn.see('#page input'), secret);
  await cairn.reads('found');
  await cairn.stop();
  const logs = join(cairn.vault, 'logs');
  const text = existsSync(logs) ? readdirSync(logs).map(name => readFileSync(join(logs, name), 'utf8')).join('\n') : '';
  assert.ok(!text.includes(secret), text);
});

test('a page whose process fails comes back', async t => {
  const cairn = await Cairn.open(t);
  cairn.failPage();
  // The driver gives a page up that failed. A page that is there answers when its window is asked to close; one that is not is
  // waited for anew with each asking.
  await cairn.eventually(async () => {
    await cairn.askToClose();
    return !cairn.running;
  }, 'the window closes, for its page is there');
  const [log] = readdirSync(join(cairn.vault, 'logs'));
  assert.match(readFileSync(join(cairn.vault, 'logs', log), 'utf8'), /the process that draws the page ended reason=/);
});
