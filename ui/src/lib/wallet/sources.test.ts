import { expect, test } from 'vitest';
import type { LineSource } from '$lib/api';
import { signedByInWords, sourceInWords } from './sources';

const by = (given: Partial<LineSource['by'][number]>): LineSource['by'][number] => ({
  held: 'h',
  credential: 'c',
  title: 'CKA',
  issuer: 'CNCF',
  own: false,
  verdict: 'valid',
  signed: true,
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
