import { expect, test } from 'vitest';
import {
  amountInWords,
  changeInWords,
  numberAsTyped,
  parseAmount,
  parseNumber,
  withoutCurrency,
  parseRate,
  sizeInWords,
} from './numbers';

test('amounts and numbers are read with either decimal mark and either grouping, by one rule', () => {
  const cases: [string, string][] = [
    ['295', '295'],
    ['295.5', '295.5'],
    ['295,50', '295.50'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1,234', '1234'],
    ['1,234,567', '1234567'],
    ['0.10', '0.10'],
    ['0,125', '0.125'],
    ['1,500', '1500'],
    ['1.500', '1500'],
    ['1,5', '1.5'],
    ['.5', '0.5'],
    ['-,25', '-0.25'],
  ];
  for (const [typed, kept] of cases) {
    expect(parseAmount(typed), typed).toBe(kept);
    expect(parseNumber(typed), typed).toBe(Number(kept));
  }
});

test('a rate has many decimals, and one separator never groups thousands', () => {
  for (const [typed, kept] of [
    ['0,925', '0.925'],
    ['1.085', '1.085'],
    ['160', '160'],
    ['1,234.5', '1234.5'],
    ['0.00612', '0.00612'],
  ] as const)
    expect(parseRate(typed), typed).toBe(kept);
  for (const text of ['', '1.', '-1.2.3', 'abc']) expect(parseRate(text), text).toBeUndefined();
});

test('what is no amount is refused', () => {
  for (const text of ['', 'abc', '12.', '1,23,456', '1.2.3', '1,234.567,8', '€5', '1e3'])
    expect(parseAmount(text), text).toBeUndefined();
});

test('a number that was kept is read back as itself', () => {
  for (const number of [1.5, 1.125, -12.375, 0.125, 1500, 1234.567, 40])
    expect(parseNumber(numberAsTyped(String(number)))).toBe(number);
});

test('numbers are plain', () => {
  expect(parseNumber('-3')).toBe(-3);
  for (const text of ['', '.', '1e3', 'NaN', '0x10']) expect(parseNumber(text), text).toBeUndefined();
});

test('amounts are shown in the decimals of their currency', () => {
  expect(amountInWords('1234.5', 'EUR')).toBe('1,234.50 EUR');
  expect(amountInWords('1200', 'JPY')).toBe('1,200 JPY');
  expect(amountInWords('12', 'no currency')).toBe('12 no currency');
  expect(amountInWords('1234.567', 'KWD')).toBe('1,234.567 KWD');
  expect(amountInWords('-0.50', 'EUR')).toBe('−0.50 EUR');
  // No digit of a long amount is lost.
  expect(amountInWords('9007199254740993.01', 'EUR')).toBe('9,007,199,254,740,993.01 EUR');
});

test('sizes and changes are short', () => {
  expect(sizeInWords(0)).toBe('0 B');
  expect(sizeInWords(3_200_000)).toBe('3.2 MB');
  expect(changeInWords(40, 10)).toBe('−75 %');
  expect(changeInWords(-10, -5)).toBe('+50 %');
  expect(changeInWords(0, 10)).toBeUndefined();
});

test('an amount may be typed with its own currency, and with no other', () => {
  for (const typed of ['395 EUR', 'eur395', '€395', '395 €', '395'])
    expect(withoutCurrency(typed, 'EUR'), typed).toBe('395');
  expect(parseAmount(withoutCurrency('395 USD', 'EUR'))).toBeUndefined();
  expect(parseAmount(withoutCurrency('CHF 1,250.50', 'CHF'))).toBe('1250.50');
});

test('an amount as short as the sign of its currency is an amount all the same', () => {
  for (const currency of ['EUR', 'JPY', 'SEK', 'BRL', 'CHF', 'USD'])
    for (const typed of ['5', '50', '-5', '500']) expect(withoutCurrency(typed, currency), currency).toBe(typed);
});
