/** Which actions the palette offers for what was typed. */
import uFuzzy from '@leeoniya/ufuzzy';
import type { Action } from '$lib/store/actions.svelte';
import { folded } from '$lib/words/fold';

/** Every word typed begins a word of the action, in any order. */
const exactly = new uFuzzy({ interLft: 2 });
/** The same with one slip of the finger in a word: a letter more, less, other, or two in the wrong order. */
const nearly = new uFuzzy({ interLft: 2, intraMode: 1 });

type Known = Pick<Action, 'label' | 'also'>;

/**
 * The actions that answer to what was typed, as it stands where any does, else with a slip in each word; those that are
 * called so before those that are only found so.
 */
export function matching<A extends Known>(actions: readonly A[], typed: string): A[] {
  const all = answering(actions, typed, action => `${action.label} ${action.also ?? ''}`);
  const called = new Set(answering(all, typed, action => action.label));
  return [...all.filter(action => called.has(action)), ...all.filter(action => !called.has(action))];
}

function answering<A extends Known>(actions: readonly A[], typed: string, by: (action: A) => string): A[] {
  const words = folded(typed).trim();
  if (words === '') return [...actions];
  const known = actions.map(action => folded(by(action)));
  const found = (by: uFuzzy) => by.search(known, words, 4)[0] ?? [];
  const all = found(exactly);
  const chosen = new Set(all.length > 0 ? all : found(nearly));
  return actions.filter((_, at) => chosen.has(at));
}
