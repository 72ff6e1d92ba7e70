import { expect, test } from 'vitest';
import { inSight, layOut } from './layout';

const groups = [
  { value: 'planned', total: 2 },
  { value: 'earned', total: 3 },
];

test('without headings the groups follow each other', () => {
  const layout = layOut([{ value: '', total: 100_000 }], false);
  expect(layout.rows).toBe(100_000);
  expect(layout.at(99_999)).toEqual({ group: 0, offset: 99_999 });
  expect(layout.at(100_000)).toBeUndefined();
});

test('each heading stands before its group', () => {
  const layout = layOut(groups, true);
  expect(layout.rows).toBe(7);
  expect(layout.at(0)).toEqual({ heading: groups[0] });
  expect(layout.at(2)).toEqual({ group: 0, offset: 1 });
  expect(layout.at(3)).toEqual({ heading: groups[1] });
  expect(layout.at(6)).toEqual({ group: 1, offset: 2 });
  expect(layout.rowOf(1, 2)).toBe(6);
});

test('a folded group keeps its heading alone', () => {
  const layout = layOut(groups, true, new Set(['planned']));
  expect(layout.rows).toBe(5);
  expect(layout.at(1)).toEqual({ heading: groups[1] });
  expect(layout.rowOf(0, 0)).toBe(-1);
});

test('only what is in sight is drawn, with some to spare', () => {
  expect(inSight(0, 520, 52, 100_000, 4)).toEqual([0, 14]);
  expect(inSight(52_000, 520, 52, 100_000, 4)).toEqual([996, 1014]);
  expect(inSight(52_000, 520, 52, 3, 4)).toEqual([3, 3]);
});
