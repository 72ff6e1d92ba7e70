/** Every action of the window: the palette lists them, the keyboard runs them, the `?` sheet shows their keys. */
import { untrack, type Component } from 'svelte';

export type ActionGroup = 'go' | 'make' | 'here' | 'window';

export interface Action {
  id: string;
  label: string;
  group: ActionGroup;
  run: () => void;
  /** Keys as in `parseKeys`: `mod+k`, `g c`, `n`, `?`. */
  keys?: string | undefined;
  /** Words the palette also finds it by. */
  also?: string;
  icon?: Component;
  /** Only for the keyboard: the palette does not list it. */
  quiet?: boolean;
}

class Actions {
  #lists = $state.raw<Action[][]>([]);
  /** The latest registered wins where two share an id or keys: a page may take over from the window. */
  all = $derived.by(() => {
    const byId = new Map<string, Action>();
    for (const list of this.#lists) for (const action of list) byId.set(action.id, action);
    return [...byId.values()];
  });

  add(list: Action[]): () => void {
    this.#lists = [...this.#lists, list];
    return () => {
      this.#lists = this.#lists.filter(other => other !== list);
    };
  }
}

export const actions = new Actions();

/** Offers actions for the life of a component; they follow the reactive values they read. */
export function offer(list: () => Action[]): void {
  $effect(() => {
    const offered = list();
    // Untracked: adding reads the lists, and the effect must not follow itself.
    return untrack(() => actions.add(offered));
  });
}
