import { expect, test } from 'vitest';
import { kinds } from '$lib/kinds';
import { stillNeeded, unkeptInShort, unkeptInWords } from './needed';

test('what is missing is named by its label', () => {
  const problems = [
    { path: '/title', rule: 'required' },
    { path: '/credential', rule: 'required' },
  ];
  expect(stillNeeded(kinds['expected-return'], problems)).toEqual(['Where does the gain come from?', 'credential']);
});

test('where something is wrong, nothing is merely missing', () => {
  const problems = [
    { path: '/title', rule: 'required' },
    { path: '/probability', rule: 'out-of-range', least: 0, most: 100 },
  ];
  expect(stillNeeded(kinds['expected-return'], problems)).toEqual([]);
});

const draft = (isMade: boolean) => ({
  isMade,
  error: undefined,
  problemsAt: () => [
    { path: '/planned', rule: 'negative' },
    { path: '/actual', rule: 'negative' },
  ],
});

test('what is wrong is named by its field, and said once', () => {
  const spec = kinds['budget-line'];
  expect(unkeptInShort(spec, draft(true))).toBe('Not saved: planned, paid');
  expect(unkeptInWords(spec, draft(true), 'Exam').match(/cannot be negative/g)).toHaveLength(1);
  expect(unkeptInWords(spec, draft(true), 'Exam')).toContain('planned, paid');
  expect(unkeptInWords(spec, draft(false), '')).toContain('is not kept yet');
});
