import { expect, test } from 'vitest';
import { kinds } from '$lib/kinds';
import { prefilled } from './prefilled';

test('a new record starts with what its address says, and with nothing its kind does not know', () => {
  const params = new URLSearchParams('title=Exam&credentials=a,b&surprise=1&type=');
  expect(prefilled(kinds.evidence, params)).toEqual({ title: 'Exam', credentials: ['a', 'b'] });
  expect(prefilled(kinds['budget-line'], new URLSearchParams('credential=a'))).toEqual({ credential: 'a' });
});
