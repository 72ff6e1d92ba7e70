import { expect, test } from 'vitest';
import type { ImportReport, Verdict } from '$lib/api';
import { importInWords, placeInWords } from './imports';

const report = (material: ImportReport['material']): ImportReport => ({
  file: 'did.json',
  format: 'material',
  added: 1,
  updated: 0,
  unchanged: 0,
  skipped: [],
  credentials: [],
  material,
  change: { history: null, action: 'import', kind: null, id: null, title: 'did.json', touched: [] },
});

test('a key document says whose it is and how many credentials it decides', () => {
  const keys = { kind: 'key-document', url: 'did:web:a.example', seen_at: '2026-05-13T12:40:00Z', changed: 1 };
  expect(importInWords(report({ ...keys, judged: 2 }))).toBe(
    'did.json: kept as the keys of did:web:a.example. 2 of your credentials are now judged by it.',
  );
  expect(importInWords(report({ ...keys, judged: 0 }))).toMatch(/None of your credentials rests on it\.$/);
});

test('credentials that do not hold, or are about somebody else, are told beside the counts', () => {
  const came = (verdict: Verdict, of_another = false) =>
    ({ verdict, of_another }) as ImportReport['credentials'][number];
  const credentials = [came('valid'), came('invalid'), came('revoked', true), came('cannot-check')];
  expect(importInWords({ ...report(null), credentials })).toBe(
    'From did.json: 1 added, 0 updated, 0 unchanged. 2 of its credentials do not verify. 1 was issued to an address that is not in your profile.',
  );
});

test('a place in a file counts from one, as people do', () => {
  expect(placeInWords('/work/0/startDate')).toBe('work › 1 › startDate');
  expect(placeInWords('/a~1b/c~0d')).toBe('a/b › c~d');
  expect(placeInWords('badge.png')).toBe('badge.png');
});
