import { expect, test } from 'vitest';
import type { CategoryMoney } from '$lib/api';
import type { MonthMoney } from '$lib/api';
import { categoriesOf, isOver, monthsOf, share, ticks } from './chart';
import { figure, isNothing, money, monthInWords, taken } from './words';

test('an amount keeps every digit and exactly its own decimals', () => {
  expect(figure('1234.50', 'EUR')).toBe('1,234.50');
  expect(figure('1500', 'JPY')).toBe('1,500');
  expect(figure('0.125', 'KWD')).toBe('0.125');
  // As a float this would end in …890.00.
  expect(figure('123456789012345678901234567.89', 'EUR')).toBe('123,456,789,012,345,678,901,234,567.89');
  expect(money('-12.30', 'USD')).toBe('−12.30 USD');
});

test('a currency this system does not know is still shown', () => {
  expect(figure('12.50', 'nonsense')).toBe('12.50');
});

test('what is taken away has a minus, and nothing has none', () => {
  expect(taken('410.00', 'EUR')).toBe('−410.00');
  expect(taken('-410.00', 'EUR')).toBe('410.00');
  expect(taken('0.00', 'EUR')).toBe('0.00');
  expect(isNothing('0')).toBe(true);
  expect(isNothing('0.01')).toBe(false);
});

const row = (month: string | null, planned = '1.00'): MonthMoney => ({ month, planned, actual: '0.00' });

test('months stand in order with the empty ones between them, years before and the undated after', () => {
  const months = monthsOf([row(null), row('2026-02'), row('2025-11'), row('2026')]).map(bar => bar.month);
  expect(months).toEqual(['2026', '2025-11', '2025-12', '2026-01', '2026-02', null]);
  expect(monthsOf([])).toEqual([]);
});

test('a span too long to draw leaves its empty months out', () => {
  expect(monthsOf([row('1999-01'), row('2026-02')])).toHaveLength(2);
});

test('the lines of a chart are round and reach the highest bar', () => {
  expect(ticks(890)).toEqual([0, 500, 1000]);
  expect(ticks(400)).toEqual([0, 100, 200, 300, 400]);
  expect(ticks(0)).toEqual([0, 1]);
  expect(ticks(0.9)[0]).toBe(0);
  for (const most of [1, 3, 7.5, 42, 99, 1234, 50_000]) expect(ticks(most).at(-1)).toBeGreaterThanOrEqual(most);
});

test('categories stand by size, prices apart from what was forgone', () => {
  const rows: CategoryMoney[] = [
    { category: 'lab', planned: '10.00', actual: '90.00' },
    { category: 'childcare', planned: '500.00', actual: '0.00' },
    { category: 'fee', planned: '80.00', actual: '0.00' },
  ];
  expect(categoriesOf(rows, 'price').map(one => one.category)).toEqual(['lab', 'fee']);
  expect(categoriesOf(rows, 'opportunity').map(one => one.category)).toEqual(['childcare']);
  expect(rows.map(isOver)).toEqual([true, false, false]);
  expect(share('90.00', 180)).toBe(0.5);
});

test('a month is read by its name', () => {
  expect(monthInWords('2026-03')).toBe('Mar 2026');
  expect(monthInWords('2026-09')).toBe('Sep 2026');
});
