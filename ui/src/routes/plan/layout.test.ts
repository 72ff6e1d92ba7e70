import { expect, test } from 'vitest';
import type { WeekBlock } from '$lib/api';
import { freeSlot, hoursOf, lanesOf, opening, pointAt } from './layout';

function block(start: string, minutes = 60): WeekBlock {
  return { id: start, title: start, subtitle: '', start, minutes, status: 'planned', sprint: null, credential: null };
}

test('the waking hours are shown, and as many more as the blocks need', () => {
  expect(hoursOf([])).toEqual({ first: 6, last: 23 });
  expect(hoursOf([block('2026-05-11T05:30:00'), block('2026-05-12T22:45:00')])).toEqual({ first: 5, last: 24 });
  expect(hoursOf([block('2026-05-12T23:30:00', 480)])).toEqual({ first: 6, last: 24 });
});

test('blocks at the same time stand side by side, others take the whole width', () => {
  const [one, two, three, alone, other] = [
    block('2026-05-11T09:00:00', 60),
    block('2026-05-11T09:30:00', 60),
    block('2026-05-11T10:00:00', 60),
    block('2026-05-11T12:00:00'),
    block('2026-05-12T09:00:00'),
  ];
  const lanes = lanesOf([other, three, one, alone, two]);
  expect(lanes.get(one.id)).toEqual({ lane: 0, of: 2 });
  expect(lanes.get(two.id)).toEqual({ lane: 1, of: 2 });
  expect(lanes.get(three.id)).toEqual({ lane: 0, of: 2 });
  expect(lanes.get(alone.id)).toEqual({ lane: 0, of: 1 });
  expect(lanes.get(other.id)).toEqual({ lane: 0, of: 1 });
});

test('short blocks do not cover each other', () => {
  const [one, two] = [block('2026-05-11T09:00:00', 5), block('2026-05-11T09:10:00', 5)];
  expect(lanesOf([one, two]).get(two.id)).toEqual({ lane: 1, of: 2 });
});

test('the point under the pointer is a day and a minute, read from either side', () => {
  const at = { left: 100, top: 50, width: 700, height: 170, rightToLeft: false, hours: { first: 6, last: 23 } };
  expect(pointAt(250, 60, at)).toEqual({ day: 1, minute: 420 });
  expect(pointAt(250, 60, { ...at, rightToLeft: true })).toEqual({ day: 5, minute: 420 });
  expect(pointAt(9999, -9999, at)).toEqual({ day: 6, minute: 0 });
});

test('a week opens at its first block, this one at the first that is not over', () => {
  const [early, late] = [block('2026-05-11T06:30:00'), block('2026-05-13T19:00:00')];
  expect(opening([late, early], '2026-05-11', '2026-05-20T12:00:00')).toBe(early);
  expect(opening([late, early], '2026-05-11', '2026-05-13T19:30:00')).toBe(late);
  expect(opening([late, early], '2026-05-11', '2026-05-13T20:00:00')).toBeUndefined();
  expect(opening([], '2026-05-11', '2026-05-20T12:00:00')).toBeUndefined();
});

test('a new block goes to the next free half hour', () => {
  const week = '2026-05-11';
  expect(freeSlot([], week, '2026-05-13T17:40:00', 50)).toBe('2026-05-13T18:00:00');
  expect(freeSlot([block('2026-05-13T18:00:00', 50)], week, '2026-05-13T17:40:00', 50)).toBe('2026-05-13T19:00:00');
  expect(freeSlot([], week, '2026-05-13T22:40:00', 50)).toBe('2026-05-14T09:00:00');
  expect(freeSlot([], week, '2026-11-22T10:00:00', 50)).toBe('2026-05-11T09:00:00');
});
