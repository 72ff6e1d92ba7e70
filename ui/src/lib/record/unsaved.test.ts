import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CairnError, type Change } from '$lib/api';
import { story } from '$lib/kinds/story';
import { toasts } from '$lib/store/toasts.svelte';
import { Draft } from './draft.svelte';
import { leaveBehind, takeUp } from './unkept';
import { listenForTheEnd, saveAtTheEnd } from './unsaved';

const shell = vi.hoisted(() => ({ closing: async () => undefined as unknown, called: [] as string[] }));
vi.mock('@tauri-apps/api/event', () => ({
  listen: async (_: string, heard: () => Promise<unknown>) => void (shell.closing = heard),
}));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (command: string) => void shell.called.push(command),
  convertFileSrc: (path: string) => path,
}));

beforeEach(() => {
  shell.called = [];
  vi.stubGlobal('window', { addEventListener: () => undefined });
});
afterEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  vi.unstubAllGlobals();
});

test('what is typed is saved at the end, also what a page left behind, and whatever becomes of the rest', async () => {
  const saved: string[] = [];
  const slow = (name: string) => async () => {
    await new Promise(resolve => setTimeout(resolve, 5));
    saved.push(name);
    return true;
  };
  await listenForTheEnd();
  const stop = saveAtTheEnd(slow('left'));
  stop();
  const stops = [saveAtTheEnd(slow('open')), saveAtTheEnd(async () => Promise.reject(new Error('disk')))];
  await shell.closing();
  expect(saved.toSorted()).toEqual(['left', 'open']);
  // One of them failed: what it held is not lost without a word.
  expect(shell.called).toEqual(['stay']);
  stops.forEach(end => end());
});

test('a window that holds what cannot be kept stays once, and goes when it is asked again', async () => {
  let kept = false;
  const typed: (() => void)[] = [];
  vi.stubGlobal('window', {
    addEventListener: (name: string, heard: () => void) => name === 'input' && typed.push(heard),
  });
  await listenForTheEnd();
  const stop = saveAtTheEnd(async () => kept);
  await shell.closing();
  expect(shell.called).toEqual(['stay']);
  expect(toasts.all.at(-1)).toMatchObject({ tone: 'wrong' });
  typed.forEach(heard => heard());
  await shell.closing();
  expect(shell.called).toEqual(['stay', 'stay']);
  await shell.closing();
  expect(shell.called).toEqual(['stay', 'stay', 'closed']);
  shell.called = [];
  kept = true;
  await shell.closing();
  expect(shell.called).toEqual(['closed']);
  stop();
});

test('what the vault would not take waits at its address and is told', async () => {
  let takes = false;
  const change: Change = { history: 1, action: 'edit', kind: 'story', id: 'x', title: '', touched: ['story'] };
  const draft = new Draft(
    { title: 'Rollout', url: '' },
    {
      edit: async () => {
        if (takes) return change;
        throw new CairnError('record-invalid', {}, [{ path: '/url', rule: 'not-an-address' }]);
      },
    },
  );
  draft.set('/url', 'cncf');
  expect(await draft.flush()).toBe(false);
  leaveBehind('#/stories/story/x', story, draft);
  expect(toasts.all.at(-1)).toMatchObject({ tone: 'wrong', action: { label: 'Go back' } });
  expect(toasts.all.at(-1)?.text).toContain('“Rollout” is not kept yet');
  expect(takeUp('#/stories/story/y')).toBeUndefined();
  expect(takeUp('#/stories/story/x')).toBe(draft);
  expect(takeUp('#/stories/story/x')).toBeUndefined();
  takes = true;
  expect(await draft.flush()).toBe(true);
});
