import { afterEach, expect, test, vi } from 'vitest';
import {
  dateInWords,
  dateTimeInWords,
  momentInWords,
  nearDayInWords,
  parseDate,
  parseDateTime,
  signedDateInWords,
  weekdayInWords,
} from './dates';

afterEach(() => vi.unstubAllEnvs());

test('a date may be as coarse as it is known', () => {
  expect(parseDate('2024')).toBe('2024');
  expect(parseDate('2024-3')).toBe('2024-03');
  expect(parseDate(' 2024-03-09 ')).toBe('2024-03-09');
});

test('dates are read as people write them', () => {
  for (const text of ['Mar 2024', 'march 2024', '3/2024', '03.2024', 'Mar. 2024'])
    expect(parseDate(text)).toBe('2024-03');
  for (const text of ['9 Mar 2024', 'March 9, 2024', '9. march 2024']) expect(parseDate(text)).toBe('2024-03-09');
  expect(parseDate('today', 'any', new Date(2026, 4, 2))).toBe('2026-05-02');
});

test('what no calendar holds, or what two readers would read apart, is refused', () => {
  for (const text of [
    '',
    '24',
    '2023-02-29',
    '2024-13',
    '9/3/2024',
    '1899',
    '99999',
    'soon',
    '9 Mar 4, 2024',
    'Foo 2024',
  ]) {
    expect(parseDate(text), text).toBeUndefined();
  }
});

test('where a day is needed, a month is not enough', () => {
  expect(parseDate('2024-03', 'day')).toBeUndefined();
  expect(parseDate('2024-03-09', 'day')).toBe('2024-03-09');
});

test('a time of day goes with a day', () => {
  expect(parseDateTime('2026-03-09 18:00')).toBe('2026-03-09T18:00:00');
  expect(parseDateTime('2026-03-09T18:00:00')).toBe('2026-03-09T18:00:00');
  expect(parseDateTime('9 Mar 2026, 6pm')).toBe('2026-03-09T18:00:00');
  for (const text of ['2026-03-09', '18:00', '2026-03-09 25:00', '2026-03-09 13pm'])
    expect(parseDateTime(text)).toBeUndefined();
});

test('dates are shown no finer than they are known', () => {
  expect(dateInWords('2024')).toBe('2024');
  expect(dateInWords('2024-03')).toBe('Mar 2024');
  expect(dateInWords('2024-03-09', 'long')).toBe('9 March 2024');
  expect(dateInWords('2024-13-01')).toBe('2024-13-01');
  expect(dateTimeInWords('2026-03-09T18:00:00')).toBe('Mon 9 Mar 2026, 18:00');
  expect(nearDayInWords('2026-05-13T18:00:00')).toBe('Wednesday 13 May');
});

test('the names of the calendar stand in its own order', () => {
  const named = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Date(day).toLocaleDateString('en', { timeZone: 'UTC', ...options });
  for (let month = 1; month <= 12; month += 1) {
    const day = `2026-${String(month).padStart(2, '0')}-${String(month + 10)}`;
    for (const form of ['short', 'long'] as const) {
      const [name, weekday] = [named(day, { month: form }), named(day, { weekday: form })];
      expect(dateInWords(day, form)).toBe(`${month + 10} ${name} 2026`);
      expect(weekdayInWords(day, form)).toBe(weekday);
    }
  }
});

test('a day that was signed is that day wherever it is read', () => {
  for (const zone of ['America/New_York', 'Pacific/Auckland', 'UTC']) {
    vi.stubEnv('TZ', zone);
    expect(new Date(0).getTimezoneOffset()).toBe({ 'America/New_York': 300, 'Pacific/Auckland': -720, UTC: 0 }[zone]);
    expect(momentInWords('2026-03-09')).toBe('9 Mar 2026');
    expect(signedDateInWords('2026-03-09')).toBe('9 March 2026');
    expect(signedDateInWords('2026-03-09T00:00:00Z')).toBe('9 March 2026, 00:00 UTC');
    expect(signedDateInWords('2026-03-09T23:30:00.000-05:00')).toBe('9 March 2026, 23:30 UTC−05:00');
    expect(signedDateInWords('2026-03-09T23:30:00')).toBe('9 March 2026, 23:30');
    expect(signedDateInWords('spring 2026')).toBe('spring 2026');
  }
});
