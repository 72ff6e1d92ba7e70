import { expect, test } from 'vitest';
import { matching } from './palette';

const RESUME = { label: 'Start with my résumé', also: 'import' };
const CREDENTIAL = { label: 'New credential', also: 'add' };
const BACKUP = { label: 'Back up now', also: 'backup copy' };
const ALL = [RESUME, CREDENTIAL, BACKUP];

test('an action is found by the beginnings of its words, in any order, accents aside', () => {
  expect(matching(ALL, 'resu start')).toEqual([RESUME]);
  expect(matching(ALL, 'IMP')).toEqual([RESUME]);
  expect(matching(ALL, ' ')).toEqual(ALL);
  expect(matching(ALL, 'sume')).toEqual([]);
});

test('what is called so stands before what is only found so', () => {
  const settings = { label: 'Go to Settings', also: 'backup' };
  expect(matching([settings, BACKUP], 'back')).toEqual([BACKUP, settings]);
});

test('one slip in a word is forgiven where nothing fits as it stands', () => {
  for (const typed of ['creential', 'crednetial', 'cradential', 'credeential', 'new creential']) {
    expect(matching(ALL, typed), typed).toEqual([CREDENTIAL]);
  }
  expect(matching(ALL, 'bakup')).toEqual([BACKUP]);
  expect(matching([...ALL, { label: 'Bakup', also: '' }], 'bakup')).toHaveLength(1);
  expect(matching(ALL, 'zebra')).toEqual([]);
});

test('what is typed is words, not a pattern', () => {
  for (const typed of ['(', '-', '"', '.*', '-back', '\\']) expect(() => matching(ALL, typed), typed).not.toThrow();
});
