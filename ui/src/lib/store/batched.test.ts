import { expect, test, vi } from 'vitest';
import { Batched } from './batched.svelte';

test('rows that come into sight together are one question', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(async (ids: string[]) => new Map(ids.filter(id => id !== 'c').map(id => [id, id.toUpperCase()])));
  const marks = new Batched(ask);
  marks.want(['a', 'b']);
  marks.want(['b', 'c']);
  await vi.runAllTimersAsync();
  expect(ask.mock.calls).toEqual([[['a', 'b', 'c']]]);
  expect([marks.of('a'), marks.of('c')]).toEqual(['A', undefined]);
  marks.want(['a', 'c']);
  await vi.runAllTimersAsync();
  expect(ask).toHaveBeenCalledTimes(1);
  marks.forget();
  await vi.runAllTimersAsync();
  expect(ask).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test('after a change only what is in sight is asked again, and the rest once it is', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(async (ids: string[]) => new Map(ids.map(id => [id, ids.length])));
  const marks = new Batched(ask);
  marks.want(['a', 'b']);
  await vi.runAllTimersAsync();
  marks.want(['c']);
  await vi.runAllTimersAsync();
  marks.forget();
  await vi.runAllTimersAsync();
  marks.want(['a', 'c']);
  await vi.runAllTimersAsync();
  expect(ask.mock.calls).toEqual([[['a', 'b']], [['c']], [['c']], [['a']]]);
  vi.useRealTimers();
});

test('a question that fails is asked again with the next row', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(async (ids: string[]) => new Map(ids.map(id => [id, 1])));
  ask.mockRejectedValueOnce(new Error('busy'));
  const marks = new Batched(ask);
  marks.want(['a']);
  await vi.runAllTimersAsync();
  expect(marks.of('a')).toBeUndefined();
  marks.want(['a']);
  await vi.runAllTimersAsync();
  expect(marks.of('a')).toBe(1);
  vi.useRealTimers();
});
