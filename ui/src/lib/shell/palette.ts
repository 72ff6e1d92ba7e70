/** Which actions the palette offers for what was typed. */
import type { Action } from '$lib/store/actions.svelte';
import { folded } from '$lib/words/fold';

/** Every word typed must begin a word of the action. */
export function matches(action: Pick<Action, 'label' | 'also'>, typed: string): boolean {
  const known = folded(`${action.label} ${action.also ?? ''}`).split(/[\s,/()“”-]+/);
  return folded(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every(word => known.some(start => start.startsWith(word)));
}
