import { expect, test } from 'vitest';
import { parseAddress, toHash } from './router.svelte';

test('an address says its place, what is opened there, and what it starts with', () => {
  const address = parseAddress('#/evidence/evidence/new?credentials=a%2Cb&title=Q%26A');
  expect(address.place).toBe('evidence');
  expect(address.rest).toEqual(['evidence', 'new']);
  expect(Object.fromEntries(address.params)).toEqual({ credentials: 'a,b', title: 'Q&A' });
});

test('no address is a place without a name', () => {
  expect(parseAddress('')).toMatchObject({ place: '', rest: [] });
  expect(parseAddress('#/')).toMatchObject({ place: '', rest: [] });
});

test('what is written is read back, whatever it holds', () => {
  const read = parseAddress(toHash('search', ['a/b', 'ü %'], { q: 'c++ & d?' }));
  expect(read.rest).toEqual(['a/b', 'ü %']);
  expect(read.params.get('q')).toBe('c++ & d?');
});

test('a broken escape is taken as it stands', () => {
  expect(parseAddress('#/search/100%').rest).toEqual(['100%']);
});
