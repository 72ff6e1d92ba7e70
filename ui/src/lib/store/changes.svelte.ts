/** Which kinds of record have changed: every query that reads one of them fetches again. */
import { listen } from '@tauri-apps/api/event';
import { SvelteMap } from 'svelte/reactivity';
import { KINDS, type Changed, type Kind } from '$lib/api';
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

/** Listens to Rust: own changes, undo, and other processes that write the vault. */
export async function listenForChanges(): Promise<void> {
  await listen<Changed>('changed', ({ payload }) => {
    toasts.outdate(payload.step);
    touch(payload.touched);
  });
}
