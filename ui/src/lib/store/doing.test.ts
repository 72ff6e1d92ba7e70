import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importFile, LARGEST_DROP, type Change } from '$lib/api';
import { saveAtTheEnd } from '$lib/record/unsaved';
import { tellUndo, withEach } from './doing';
import { toasts } from './toasts.svelte';

const vault = vi.hoisted(() => ({ steps: [] as { id: number; undone: boolean }[] }));
vi.mock('@tauri-apps/api/core', () => ({
  convertFileSrc: (path: string) => path,
  invoke: async (_: string, { only }: { only?: number | null }) => {
    const last = vault.steps.findLast(step => !step.undone);
    if (last && typeof only === 'number' && last.id !== only)
      return Promise.reject({ code: 'not-the-last-step', params: {} });
    if (last) last.undone = true;
    const step = { action: 'edit', kind: 'skill', title: 'Rust', count: 1 };
    return last ? { history: last.id, step } : null;
  },
}));

const step = (history: number): Change => ({
  history,
  action: 'edit',
  kind: 'sprint',
  id: 'x',
  title: 'A',
  touched: [],
});
const undoOf = (words: string) => toasts.all.find(toast => toast.text === words)?.action?.run;
const said = () => toasts.all.map(toast => toast.text);

beforeEach(() => (vault.steps = [{ id: 1, undone: false }]));
afterEach(() => toasts.all.forEach(toast => toasts.dismiss(toast.id)));

test('Undo in a message takes back its own step', async () => {
  vault.steps.push({ id: 2, undone: false }, { id: 3, undone: true });
  tellUndo(step(2), 'Marked.');
  undoOf('Marked.')?.();
  await vi.waitFor(() => expect(said()).toContain('Undone: edited skill “Rust”.'));
  expect(vault.steps.map(({ undone }) => undone)).toEqual([false, true, true]);
});

test('Undo in a message never takes back what was saved after it', async () => {
  tellUndo(step(1), 'Marked.');
  const undo = undoOf('Marked.');
  // A field that is left by the click on Undo is saved first.
  const stop = saveAtTheEnd(async () => {
    if (vault.steps.length === 1) vault.steps.push({ id: 2, undone: false });
    return true;
  });
  undo?.();
  await vi.waitFor(() => expect(said()).toContain('Something else was changed since. Nothing was undone.'));
  expect(vault.steps.some(({ undone }) => undone)).toBe(false);
  stop();
});

test('a change that left no step of history is not told', () => {
  tellUndo({ ...step(1), history: null }, 'Marked.');
  expect(said()).toEqual([]);
});

test('a file that cannot be taken in does not stop the others', async () => {
  const large = new File([], 'large.zip');
  Object.defineProperty(large, 'size', { value: LARGEST_DROP + 1 });
  const folder = new File([], 'folder');
  folder.arrayBuffer = () => Promise.reject(new Error('a folder'));
  const taken = await withEach([large, folder, new File(['{}'], 'resume.json')], importFile);
  expect(taken).toHaveLength(1);
  expect(said()).toEqual([
    'large.zip is too large to drop. Choose it instead.',
    'folder cannot be read as a file. Choose the files inside it.',
  ]);
});
