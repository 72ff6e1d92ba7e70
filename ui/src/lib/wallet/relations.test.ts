import { expect, test } from 'vitest';
import { relationInWords } from './relations';

test('a relation is told in words, and one that no standard knows all the same', () => {
  const told = (kind: string) => relationInWords({ kind, source: 'Arc', target: 'Welding' });
  expect(told('isPartOf')).toBe('Arc is a part of Welding');
  expect(told('isParentOf')).toBe('Arc is above Welding');
  expect(told('ext:likes')).toBe('Arc is related to Welding');
});
