import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nextInWords, reasons, whyInWords } from './reasons';

test('every reason of the verifier has words', () => {
  const source = readFileSync('../src-tauri/crates/cairn-proof/src/reason.rs', 'utf8');
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

test('dates are read, not spelled out', () => {
  const detail = { code: 'expired', params: { until: '2025-12-31T23:59:59Z' } };
  expect(whyInWords({ detail, reason: '' })).toBe('It was valid until 31 December 2025.');
});

test('a reason from a newer verifier speaks for itself', () => {
  const report = { detail: { code: 'brand-new', params: {} }, reason: 'Something new.', next: 'Update Cairn.' };
  expect([whyInWords(report), nextInWords(report)]).toEqual(['Something new.', 'Update Cairn.']);
});
