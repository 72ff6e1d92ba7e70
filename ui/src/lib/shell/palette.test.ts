import { expect, test } from 'vitest';
import { matches } from './palette';

test('an action is found by the beginnings of its words, in any order, accents aside', () => {
  const action = { label: 'Start with my résumé', also: 'import' };
  expect(matches(action, 'resu start')).toBe(true);
  expect(matches(action, 'IMP')).toBe(true);
  expect(matches(action, '')).toBe(true);
  expect(matches(action, 'sume')).toBe(false);
});
