import { expect, test } from 'vitest';
import type { HistoryEntry } from '$lib/api';
import { fieldsInWords, stepInWords } from './steps';

test('the fields of an edit are called what the page calls them, each once', () => {
  expect(fieldsInWords('credential', ['title', 'issuer', 'skills'])).toEqual(['name', 'issuer', 'skills']);
  expect(fieldsInWords('story', ['metric/after', 'metric/unit'])).toEqual(['figure']);
  expect(fieldsInWords('profile', ['location/city', 'location/country_code'])).toEqual(['city', 'country']);
  // A location that was written for the first time.
  expect(fieldsInWords('profile', ['location'])).toContain('city');
  expect(fieldsInWords('collection', ['entries', 'sections'])).toEqual(['what is shown']);
});

test('a step says what was edited, and anything else as it is', () => {
  const step: HistoryEntry = {
    id: 1,
    at: '2026-11-22T09:00:00Z',
    action: 'edit',
    kind: 'credential',
    title: 'CKA',
    count: 1,
    undone: false,
    fields: ['issuer', 'hours'],
  };
  expect(stepInWords(step)).toBe('Edited credential “CKA”: issuer, workload');
  expect(stepInWords({ ...step, action: 'remove', fields: [] })).toBe('Removed credential “CKA”');
  expect(stepInWords({ ...step, action: 'import', kind: null, title: '', count: 3, fields: [] })).toBe(
    'Imported 3 records',
  );
});
