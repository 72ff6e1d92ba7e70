import { expect, test } from 'vitest';
import type { LineSource } from '$lib/api';
import { behindInOtherWords, otherwiseInWords, signedByInWords, sourceInWords, verdictOf } from './sources';

const by = (given: Partial<LineSource['by'][number]>): LineSource['by'][number] => ({
  held: 'h',
  credential: 'c',
  title: 'CKA',
  issuer: 'CNCF',
  own: false,
  verdict: 'valid',
  signed: true,
  differs: [],
  ...given,
});

test('who signed is said with whether it holds', () => {
  expect(signedByInWords(by({}))).toBe('Signed by CNCF (valid)');
  expect(signedByInWords(by({ verdict: null, signed: false }))).toBe('Signed by CNCF (not checked yet)');
  expect(signedByInWords(by({ own: true, verdict: 'expired' }))).toBe('Signed by you (expired)');
});

test('a record names each of those who signed for it once, and says where nobody did', () => {
  const source = { record: 'r', kind: 'issuer-signed', by: [by({}), by({ held: 'i' })] } satisfies LineSource;
  expect(sourceInWords(source)).toBe('Signed by CNCF (valid)');
  expect(sourceInWords({ record: 'r', kind: 'unsigned', by: [] })).toBe('Not signed');
});

test('a credential that says something else than the record signs nothing for it, and is named as what it says', () => {
  const other = by({ title: 'TIG Welding', issuer: 'Harbour School', differs: ['title', 'issued'] });
  const source = { record: 'r', kind: 'unsigned', by: [other] } satisfies LineSource;
  expect(sourceInWords(source)).toBe(
    'Your own words. Behind them: “TIG Welding”, signed by Harbour School (valid), which says otherwise',
  );
  expect(behindInOtherWords(source)).toBe(other);
  expect(otherwiseInWords(other)).toBe('It says otherwise than you do, so it does not sign for your words.');
  const both = {
    record: 'r',
    kind: 'issuer-signed',
    by: [by({ verdict: 'expired', differs: ['title'] }), by({})],
  } satisfies LineSource;
  expect(sourceInWords(both)).toBe('Signed by CNCF (valid)');
  expect(verdictOf(both)).toBe('valid');
});
