import { expect, test } from 'vitest';
import type { UnfinishedItem } from '$lib/api';
import { dueWhen } from './due';
import { growth } from './grown';
import { minutesInWords } from '$lib/words/minutes';
import { fixLink, groups } from './unfinished';

const lacking = (over: Partial<UnfinishedItem>): UnfinishedItem => ({
  reason: 'credential-without-reflection',
  kind: 'credential',
  id: 'c1',
  title: 'Kubernetes, the hard way',
  fix_kind: null,
  fix_fields: null,
  count: 1,
  ...over,
});

test('a near day is told from today, a far one by its date', () => {
  const when = (date: string, time: string | null = null) => dueWhen({ date, time }, '2026-11-22');
  expect(when('2026-11-22')).toBe('Today');
  expect(when('2026-11-22', '18:30')).toBe('18:30');
  expect(when('2026-11-23')).toBe('Tomorrow');
  expect(when('2026-11-23', '19:00')).toBe('Tomorrow, 19:00');
  expect(when('2026-11-21', '19:00')).toBe('Yesterday');
  expect(when('2026-12-01')).toBe('In 9 days');
  expect(when('2026-11-12')).toBe('10 days ago');
  expect(when('2027-01-30')).toBe('30 Jan 2027');
});

test('what is missing is gathered, and what is not listed is counted', () => {
  const [first, second] = groups([
    lacking({ count: 7 }),
    lacking({ id: 'c2', count: 7 }),
    lacking({ reason: 'story-without-metric', kind: 'story', id: 's1' }),
  ]);
  expect(first?.items.map(item => item.id)).toEqual(['c1', 'c2']);
  expect(first?.more).toBe(5);
  expect(second?.more).toBe(0);
});

test('a fix opens a new record with what is known, or the record itself', () => {
  const fix_fields = {
    title: 'Kubernetes, the hard way',
    credential: 'c1',
    milestone: null,
    can_do: '',
    where_used: [],
  };
  const link = fixLink(lacking({ fix_kind: 'reflection', fix_fields }));
  const params = new URLSearchParams(link.split('?')[1]);
  expect(link.startsWith('#/reflections/reflection/new?')).toBe(true);
  expect(Object.fromEntries(params)).toEqual({ title: 'Kubernetes, the hard way', credential: 'c1' });
  expect(fixLink(lacking({ reason: 'story-without-metric', kind: 'story', id: 's1' }))).toBe('#/stories/story/s1');
  const evidence = fixLink(lacking({ fix_kind: 'evidence', fix_fields: { title: 'A', skills: ['s1', 's2'] } }));
  expect(new URLSearchParams(evidence.split('?')[1]).get('skills')).toBe('s1,s2');
});

test('a win is told once, in the shortest period that holds it', () => {
  expect(
    growth([
      { what: 'blocks-kept', count: 2, period: 'week' },
      { what: 'minutes-kept', count: 100, period: 'week' },
      { what: 'blocks-kept', count: 2, period: 'month' },
      { what: 'minutes-kept', count: 100, period: 'month' },
      { what: 'blocks-kept', count: 9, period: 'quarter' },
      { what: 'minutes-kept', count: 450, period: 'quarter' },
      { what: 'stories', count: 1, period: 'quarter' },
    ]),
  ).toEqual([
    { period: 'This week', wins: ['2 study blocks kept (1 h 40 min)'] },
    { period: 'This quarter', wins: ['9 study blocks kept (7 h 30 min)', '1 story lived'] },
  ]);
});

test('lengths of time are short', () => {
  expect([50, 60, 150].map(minutesInWords)).toEqual(['50 min', '1 h', '2 h 30 min']);
});
