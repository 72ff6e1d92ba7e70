import { expect, test } from 'vitest';
import { kinds } from '$lib/kinds';
import { stillNeeded } from './needed';

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
