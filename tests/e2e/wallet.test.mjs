// What issuers signed, in the real window: taken in, judged, refreshed over loopback, issued, replaced keys.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Cairn } from './window.mjs';
import { issue, issuer } from './issuer.mjs';

/** A vault with something in it, so that the first start is past. */
const BEGUN = { fill: [['add', 'skill', { name: 'Rigging' }]] };

const CARD = 'section[aria-labelledby="held-title"]';

/** By whom a skill is signed, on its page. */
const SOURCES = 'section[aria-labelledby="sources-title"]';

/** The window on the page of a credential that came in as a file. */
async function withBadge(t, given = {}, by) {
  const cairn = await Cairn.open(t, BEGUN);
  const badge = await issue(by ?? (await issuer()), given);
  const bytes = Buffer.from(JSON.stringify(badge));
  await cairn.go('#/credentials');
  await cairn.drop('#page > div', [{ name: 'badge.json', type: 'application/json', bytes }]);
  await cairn.see(CARD);
  await cairn.settled();
  return { cairn, badge, bytes };
}

test('a badge dropped on credentials fills a record, is judged, and comes out byte for byte', async t => {
  const { cairn, bytes } = await withBadge(t, { name: 'Rope access, level 2' });
  await cairn.reads('Valid', CARD);
  const [record] = await cairn.cli('show', 'credential');
  assert.equal(record.fields.title, 'Rope access, level 2');
  assert.equal(record.fields.status, 'earned');
  await cairn.press('What was checked');
  await cairn.reads('Signature', CARD);
  await cairn.press('What the issuer signed');
  await cairn.reads('Inspect an anchor', CARD);
  await cairn.picture('wallet');
  assert.deepEqual(await cairn.findings(), []);

  const saved = join(cairn.home, 'again.json');
  cairn.answer(saved);
  await cairn.press('What can be done with the received file');
  await cairn.press('Save the file as it came');
  await cairn.eventually(() => existsSync(saved), 'the file is saved');
  assert.deepEqual(readFileSync(saved), bytes);

  await cairn.press('Undo');
  await cairn.eventually(async () => (await cairn.cli('show', 'credential')).length === 0, 'undo takes the import back');
});

test('a badge that was changed is told apart, with a letter to its issuer', async t => {
  const by = await issuer();
  const badge = await issue(by, { name: 'Rope access' });
  badge.credentialSubject.achievement.name = 'Rope access, level 3';
  const cairn = await Cairn.open(t, BEGUN);
  await cairn.go('#/credentials');
  const bytes = Buffer.from(JSON.stringify(badge));
  await cairn.drop('#page > div', [{ name: 'badge.json', type: 'application/json', bytes }]);
  await cairn.reads('Not valid', CARD);
  await cairn.press('Letter to the issuer');
  await cairn.reads('was changed after it was signed', '[role="dialog"]');
  await cairn.picture('letter');
  assert.deepEqual(await cairn.findings(), []);
});

test('a badge pasted as text fills a record, and what is no credential is refused with nothing lost', async t => {
  const cairn = await Cairn.open(t, BEGUN);
  await cairn.go('#/credentials');
  await cairn.settled();
  await cairn.pasteText('{"basics": ');
  await cairn.reads('pasted.json');
  assert.equal((await cairn.cli('show', 'credential')).length, 0);
  await cairn.pasteText(JSON.stringify(await issue(await issuer(), { name: 'Rope access' })));
  await cairn.reads('Valid', CARD);
  assert.deepEqual((await cairn.cli('show', 'credential')).map(({ fields }) => fields.title), ['Rope access']);
});

test('a badge that nobody signed holds once the page at its address is added as that', async t => {
  const at = name => `https://badges.example/${name}.json`;
  const context = 'https://w3id.org/openbadges/v2';
  const parts = {
    issuer: { '@context': context, type: 'Issuer', id: at('issuer'), name: 'Badge House', url: 'https://badges.example' },
    class: { '@context': context, type: 'BadgeClass', id: at('class'), name: 'Robotics', description: 'Robots.', criteria: { narrative: 'Build one.' }, issuer: at('issuer') },
  };
  const recipient = { type: 'email', hashed: false, identity: 'ada@example.org' };
  const assertion = { '@context': context, type: 'Assertion', id: at('assertion'), badge: at('class'), recipient, issuedOn: '2026-01-01T00:00:00Z', verification: { type: 'hosted' } };
  const cairn = await Cairn.open(t, BEGUN);
  await cairn.go('#/credentials');
  const files = Object.entries({ ...parts, assertion }).map(([name, part]) => ({ name: `${name}.json`, type: 'application/json', bytes: Buffer.from(JSON.stringify(part)) }));
  await cairn.drop('#page > div', files);
  await cairn.reads('Cannot be checked here', CARD);
  cairn.answer(cairn.file('saved.json', JSON.stringify(assertion)));
  await cairn.press('Add what its address shows…', CARD);
  await cairn.reads('Valid', CARD);
  await cairn.picture('hosted');
  assert.deepEqual(await cairn.findings(), []);
});

test('a badge taken back is found out by asking its issuer’s host, which is named first', async t => {
  const by = await issuer();
  const taken = { back: false };
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    const bits = Buffer.alloc(16_384);
    if (taken.back) bits[0] = 0b0100_0000;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await by.list(`${base}/status`, gzipSync(bits))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const base = `http://127.0.0.1:${server.address().port}`;
  const status = { url: `${base}/status`, index: 1 };
  const { cairn } = await withBadge(t, { name: 'Rope access', status }, by);
  await cairn.reads('Cannot be checked here', CARD);
  assert.deepEqual(asked, []);

  const ask = async expected => {
    await cairn.press('Refresh status and keys', CARD);
    await cairn.reads('127.0.0.1', '[role="dialog"]');
    await cairn.press('Ask 1 host');
    await cairn.reads(expected, '[role="dialog"] [role="status"]');
    await cairn.press('Close', '[role="dialog"]');
  };
  await ask('1 document kept');
  assert.deepEqual(asked, ['/status']);
  await cairn.reads('Valid', CARD);
  taken.back = true;
  await ask('1 document kept');
  await cairn.reads('Taken back', CARD);
  await cairn.picture('taken-back');
  assert.deepEqual(await cairn.findings(), []);
});

test('a status list brought in as a file decides, and asks nobody', async t => {
  const by = await issuer();
  const url = 'https://issuer.example/status';
  const { cairn } = await withBadge(t, { name: 'Rope access', status: { url, index: 1 } }, by);
  await cairn.reads('Cannot be checked here', CARD);
  const bytes = Buffer.from(JSON.stringify(await by.list(url, gzipSync(Buffer.alloc(16_384)))));
  await cairn.drop('#page > div', [{ name: 'status.json', type: 'application/json', bytes }]);
  await cairn.reads('1 of your credentials is now judged by it.');
  await cairn.reads('Valid', CARD);
});

test('a skill that a badge names says who signed for it, in its row and on its page', async t => {
  const { cairn } = await withBadge(t, { name: 'Rope access', skill: 'Anchor inspection' });
  const skills = await cairn.cli('show', 'skill');
  const skill = skills.find(({ fields }) => fields.name === 'Anchor inspection');
  await cairn.go(`#/skills/skill/${skill.id}`);
  await cairn.reads('Signed by Rope Access School (valid)', SOURCES);
  await cairn.see(`a[href$="${skill.id}"] [title="Signed by Rope Access School (valid)"]`);
  await cairn.press('Rope access', SOURCES);
  await cairn.reads('Valid', CARD);
  const own = skills.find(({ fields }) => fields.name === 'Rigging');
  await cairn.go(`#/skills/skill/${own.id}`);
  await cairn.reads('Nobody has signed for this skill.', SOURCES);
  assert.deepEqual(await cairn.findings(), []);
});

test('a skill of one’s own leaves as a baked badge that verifies', async t => {
  const cairn = await Cairn.open(t, BEGUN);
  const [{ id }] = await cairn.cli('show', 'skill');
  await cairn.go(`#/skills/skill/${id}`);
  const badge = join(cairn.home, 'rigging.png');
  cairn.answer(badge);
  await cairn.press('More');
  await cairn.press('Save as a signed badge (picture)');
  await cairn.eventually(() => existsSync(badge), 'the badge is written');
  assert.deepEqual([...readFileSync(badge).subarray(1, 4)], [...Buffer.from('PNG')]);
  const [verdict] = await cairn.cli('verify', badge);
  assert.equal(verdict.verdict, 'valid');
});

test('a key is replaced, and what the old one signed still verifies', async t => {
  const cairn = await Cairn.open(t, BEGUN);
  const before = join(cairn.home, 'before.cairn');
  await cairn.cli('export', 'packet', '--out', before);
  await cairn.go('#/settings');
  await cairn.press('Replace the key');
  await cairn.press('Replace the key', '[role="dialog"]');
  await cairn.reads('You now sign with a new key.');
  await cairn.reads('Until');
  await cairn.picture('key');
  assert.deepEqual(await cairn.findings(), []);
  const after = join(cairn.home, 'after.cairn');
  await cairn.cli('export', 'packet', '--out', after);
  const verdicts = await cairn.cli('verify', before, after);
  assert.deepEqual(verdicts.map(report => report.verdict), ['valid', 'valid']);
  assert.notEqual(verdicts[0].issuer.id, verdicts[1].issuer.id);
});
