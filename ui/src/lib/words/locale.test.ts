import { expect, test } from 'vitest';
import { kinds } from '$lib/kinds';
import { inSentence } from './locale';

test('a label keeps its abbreviations inside a sentence', () => {
  expect(inSentence(kinds['renewal-activity'].one())).toBe('CE activity');
  expect(inSentence('Valid until')).toBe('valid until');
  expect(inSentence('SFIA level')).toBe('SFIA level');
  expect(inSentence('JSON Resume')).toBe('JSON Resume');
  expect(inSentence('')).toBe('');
});
