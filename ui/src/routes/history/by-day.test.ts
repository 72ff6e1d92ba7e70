import { expect, test } from 'vitest';
import type { HistoryEntry } from '$lib/api';
import { byDay } from './by-day';

const entry = (id: number, at: Date): HistoryEntry => ({
  id,
  at: at.toISOString(),
  action: 'edit',
  kind: 'skill',
  title: '',
  count: 1,
  undone: false,
  fields: [],
});

test('steps stand under the day they were made, in the learner’s own time zone', () => {
  const days = byDay([
    entry(3, new Date(2026, 4, 13, 0, 5)),
    entry(2, new Date(2026, 4, 12, 23, 55)),
    entry(1, new Date(2026, 4, 12, 8, 0)),
  ]);
  expect(days.map(({ day, entries }) => [day, entries.map(({ id }) => id)])).toEqual([
    ['2026-05-13', [3]],
    ['2026-05-12', [2, 1]],
  ]);
});
