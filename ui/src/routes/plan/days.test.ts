import { expect, test } from 'vitest';
import { addDays, askedWeek, clock, dayIndex, later, minuteOf, mondayOf, startAt, weekFrom } from './days';

test('a week begins on Monday, also across months and years', () => {
  expect(mondayOf('2026-05-13')).toBe('2026-05-11');
  expect(mondayOf('2026-05-11')).toBe('2026-05-11');
  expect(mondayOf('2026-05-17')).toBe('2026-05-11');
  expect(mondayOf('2027-01-01')).toBe('2026-12-28');
  expect(weekFrom('2026-12-28').at(-1)).toBe('2027-01-03');
});

test('clocks that change move no day and no time', () => {
  // On 2026-03-29 most of Europe has 23 hours.
  expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
  expect(later('2026-03-29T01:45:00', 60)).toBe('2026-03-29T02:45:00');
});

test('a time runs over midnight in both directions', () => {
  expect(later('2026-05-11T23:50:00', 15)).toBe('2026-05-12T00:05:00');
  expect(later('2026-05-11T00:05:00', -15)).toBe('2026-05-10T23:50:00');
  expect(startAt('2026-05-11', -30)).toBe('2026-05-10T23:30:00');
});

test('times are read with and without fractions of a second', () => {
  expect(minuteOf('2026-05-11T18:30:59.500')).toBe(18 * 60 + 30);
  expect(clock(24 * 60)).toBe('00:00');
  expect(dayIndex('2026-05-17T23:59:00', '2026-05-11')).toBe(6);
  expect(dayIndex('2026-05-10T23:59:00', '2026-05-11')).toBe(-1);
});

test('an address that names no day means this week', () => {
  expect(askedWeek('2026-05-14', '2026-11-22')).toBe('2026-05-11');
  expect(askedWeek('2026-13-40', '2026-11-22')).toBe('2026-11-16');
  expect(askedWeek('next', '2026-11-22')).toBe('2026-11-16');
  expect(askedWeek(null, '2026-11-22')).toBe('2026-11-16');
});
