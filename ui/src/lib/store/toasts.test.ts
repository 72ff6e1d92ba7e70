import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  vi.useRealTimers();
});

const undo = { action: { label: 'Undo', run: () => undefined }, undoes: true };

test('only the last change can be undone from its message', () => {
  toasts.show('Removed A.', undo);
  toasts.show('Removed B.', undo);
  expect(toasts.all.map(({ text, action }) => [text, action?.label])).toEqual([
    ['Removed A.', undefined],
    ['Removed B.', 'Undo'],
  ]);
  toasts.outdate();
  expect(toasts.all.at(-1)?.action).toBeUndefined();
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

test('there are never more than three messages', () => {
  for (const text of ['1', '2', '3', '4']) toasts.show(text);
  expect(toasts.all.map(toast => toast.text)).toEqual(['2', '3', '4']);
});
