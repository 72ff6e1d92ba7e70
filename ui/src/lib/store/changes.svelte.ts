/** Which kinds of record have changed: every query that reads one of them fetches again. */
import { listen } from '@tauri-apps/api/event';
import { SvelteMap } from 'svelte/reactivity';
import { history, KINDS, type Changed, type Kind } from '$lib/api';
import { toasts } from './toasts.svelte';

/** How often each kind has changed since the window opened. Reading it in an effect subscribes the effect. */
const versions = new SvelteMap<Kind, number>(KINDS.map(kind => [kind, 0]));

/** Subscribes the running effect to changes of these kinds. */
export function follow(kinds: readonly Kind[]): void {
  for (const kind of kinds) versions.get(kind);
}

/** Tells everyone that these kinds have changed. */
export function touch(kinds: readonly Kind[]): void {
  for (const kind of kinds) versions.set(kind, (versions.get(kind) ?? 0) + 1);
}

/** How many steps may have been undone one after the other and still be looked through. */
const UNDONE = 50;

/** After a change by another process, which may have been no step of history at all. */
async function outdate(): Promise<void> {
  if (!toasts.offers) return;
  const steps = await history(null, 0, UNDONE).catch(() => undefined);
  const last = steps?.items.findIndex(step => !step.undone) ?? -1;
  toasts.outdate(...(steps?.items.slice(Math.max(0, last - 1), last + 1).map(step => step.id) ?? []));
}

/** Listens to Rust: own changes, undo, and other processes that write the vault. */
export async function listenForChanges(): Promise<void> {
  await listen<Changed>('changed', ({ payload }) => {
    if (payload.cause === 'elsewhere') void outdate();
    else if (payload.cause !== 'judged') toasts.outdate(payload.cause.step);
    touch(payload.touched);
  });
}
