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
  // Not reactive itself: an effect's teardown would read what the list was before the present change.
  #lists = new Set<Action[]>();
  #changes = 0;
  #version = $state(0);
  /** The latest registered wins where two share an id: a page may take over from the window. */
  all = $derived.by(() => {
    void this.#version;
    const byId = new Map<string, Action>();
    for (const list of this.#lists) for (const action of list) byId.set(action.id, action);
    return [...byId.values()];
  });

  add(list: Action[]): () => void {
    this.#lists.add(list);
    this.#version = ++this.#changes;
    return () => {
      this.#lists.delete(list);
      this.#version = ++this.#changes;
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
