/** Doing things to the vault from the window: what went well is told with a way back, what went wrong in words. */
import * as api from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { changeInToast } from '$lib/words/changes';
import { errorInWords } from '$lib/words/errors';
import { toasts } from './toasts.svelte';

/** Says in a toast what went wrong. */
export function tellWrong(thrown: unknown): void {
  const error = api.toCairnError(thrown);
  if (error.code !== 'cancelled') toasts.show(errorInWords(error), { tone: 'wrong' });
}

/** Runs something that may fail; answers undefined, with the reason told, where it did. */
export async function attempt<T>(what: () => Promise<T>): Promise<T | undefined> {
  try {
    return await what();
  } catch (thrown) {
    tellWrong(thrown);
    return undefined;
  }
}

/** Tells a change in a toast with Undo. `more` follows what was done. */
export function tell(change: api.Change, more = ''): void {
  const words = changeInToast(change);
  if (words === undefined || change.history === null) return;
  toasts.show(more ? `${words} ${more}` : words, {
    action: { label: m.action_undo(), run: () => void undo() },
    undoes: true,
  });
}

export async function undo(): Promise<void> {
  await attempt(async () => {
    const change = await api.undo();
    if (!change) toasts.show(m.toast_nothing_to_undo());
    else toasts.show(m.toast_undone(), { action: { label: m.action_redo(), run: () => void redo() }, undoes: true });
  });
}

export async function redo(): Promise<void> {
  await attempt(async () => {
    const change = await api.redo();
    toasts.show(change ? m.toast_redone() : m.toast_nothing_to_redo());
  });
}

/** Removes a record and says what hung on it. Answers whether it is gone. */
export async function removeRecord(kind: api.Kind, id: string): Promise<boolean> {
  const change = await attempt(async () => {
    const hanging = await api.hanging(kind, id);
    const change = await api.remove(kind, id);
    const removed = hanging.filter(other => other.effect === 'removed').length;
    const unlinked = hanging.length - removed;
    const more = [
      removed > 0 ? m.removed_with({ count: removed }) : '',
      unlinked > 0 ? m.removed_unlinked({ count: unlinked }) : '',
    ];
    tell(change, more.filter(Boolean).join(' '));
    return change;
  });
  return change !== undefined;
}
