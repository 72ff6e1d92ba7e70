import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nextInWords, particulars, reasons, whyInWords } from './reasons';

test('every reason of the verifier has words', () => {
  const source = readFileSync('../src-tauri/crates/cairn-proof/src/reason/mod.rs', 'utf8');
  const body = source.slice(source.indexOf('pub enum Reason {'), source.indexOf('impl Reason'));
  const codes = [...body.matchAll(/^ {4}([A-Z]\w+)(?: \{|,)/gm)].map(([, name = '']) =>
    name.replace(/(?!^)[A-Z]/g, letter => `-${letter}`).toLowerCase(),
  );
  expect(codes.length).toBeGreaterThan(20);
  expect(Object.keys(reasons).toSorted()).toEqual(codes.toSorted());
});

test('what changed since signing is named', () => {
  const detail = {
    code: 'contents-differ',
    params: { changed: ['resume.pdf'], missing: ['a.png', 'b.png'], added: [] },
  };
  expect(whyInWords({ detail, reason: '' })).toBe(
    'resume.pdf was changed after it was signed. a.png and b.png are missing.',
  );
});

test('what rests on a copy that came in a packet says so', () => {
  const seen = '2026-02-01T08:00:00Z';
  const said = (code: string, params: Record<string, unknown>) => whyInWords({ detail: { code, params }, reason: '' });
  expect(said('credential-by-copy', { issuer: 'School', id: 'did:web:school.example', seen })).toContain(
    'by the copy of the keys at school.example that came in this packet (dated 1 February 2026)',
  );
  expect(said('key-listed', { issuer: 'School', seen, enclosed: true })).toContain('came in this packet');
  expect(said('key-listed', { issuer: 'School', seen, enclosed: false })).not.toContain('packet');
  expect(said('status-clear', { url: 'https://a.example', seen, enclosed: true })).toContain('came in this packet');
});

test('a learner record says how much of it is its signer’s own word', () => {
  const said = (count: number, by_signer: number) =>
    whyInWords({ detail: { code: 'record-intact', params: { signer: 'Ada', count, by_signer } }, reason: '' });
  expect(said(3, 3)).toMatch(/all 3 credentials in it .* Ada issued all of it: nobody else has signed for it\.$/);
  expect(said(3, 1)).toMatch(/By Ada too: 1\. By other issuers: 2\.$/);
  expect(said(1, 0)).toMatch(/and so is the 1 credential in it\. .* By other issuers: 1\.$/);
});

test('dates are read, not spelled out', () => {
  const detail = { code: 'expired', params: { until: '2025-12-31T23:59:59Z' } };
  expect(whyInWords({ detail, reason: '' })).toBe('It was valid until 31 December 2025.');
});

test('a reason from a newer verifier speaks for itself', () => {
  const report = { detail: { code: 'brand-new', params: {} }, reason: 'Something new.', next: 'Update Cairn.' };
  expect([whyInWords(report), nextInWords(report)]).toEqual(['Something new.', 'Update Cairn.']);
});

test('addresses and what programs call things stand in the details, not in the sentence', () => {
  const url = 'https://badges.example.org/assertions/7f3a?format=json';
  const hosted = { code: 'kept-elsewhere', params: { url } };
  expect(whyInWords({ detail: hosted, reason: '' })).toBe(
    'The file only says where the issuer keeps the badge: at badges.example.org.',
  );
  expect(particulars({ detail: hosted })).toEqual([{ label: 'Address', text: url }]);
  for (const [code, { why }] of Object.entries(reasons)) {
    const said = why({ url, suite: 'ecdsa-sd-2023', fault: 'an @list in an @list', member: 'validFrom' });
    expect(said, code).not.toMatch(/https:|@|ecdsa|validFrom/);
  }
});
