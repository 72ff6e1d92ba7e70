import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  vi.useRealTimers();
});

const undo = (step: number) => ({ action: { label: 'Undo', run: () => undefined }, step });
const offered = () => toasts.all.map(({ text, action }) => [text, action?.label]);

test('only the last change can be undone from its message', () => {
  toasts.show('Removed A.', undo(1));
  toasts.outdate(1);
  expect(offered()).toEqual([['Removed A.', 'Undo']]);
  toasts.outdate(2);
  expect(offered()).toEqual([]);
  toasts.show('Removed B.', undo(3));
  expect(toasts.offers).toBe(true);
  toasts.outdate();
  expect(toasts.offers).toBe(false);
  expect(offered()).toEqual([]);
});

test('a message goes by itself, but not from under the pointer', () => {
  toasts.show('Saved a copy.');
  const id = toasts.all[0]?.id ?? 0;
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(toasts.all).toHaveLength(1);
  toasts.release(id);
  vi.advanceTimersByTime(60_000);
  expect(toasts.all).toHaveLength(0);
});

test('one message tells what was done, and two at most what went wrong', () => {
  for (const text of ['1', '2']) toasts.show(text);
  for (const text of ['a', 'b', 'b', 'c']) toasts.show(text, { tone: 'wrong' });
  toasts.show('3');
  expect(toasts.all.map(toast => toast.text)).toEqual(['b', 'c', '3']);
});

test('a message leaves the one alone that can still be undone', () => {
  toasts.show('Removed A.', undo(1));
  toasts.show('Saved a copy.');
  toasts.show('Saved another.');
  expect(offered()).toEqual([
    ['Removed A.', 'Undo'],
    ['Saved another.', undefined],
  ]);
});
