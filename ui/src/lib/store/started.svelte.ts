/** Vaults that were begun empty on purpose: they are not asked again how to begin. Kept on this machine only. */
import { SvelteSet } from 'svelte/reactivity';

const KEY = 'cairn.started';

function remembered(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(path => typeof path === 'string') : [];
  } catch {
    return [];
  }
}

class Started {
  #paths = new SvelteSet(remembered());

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  add(path: string): void {
    this.#paths.add(path);
    localStorage.setItem(KEY, JSON.stringify([...this.#paths].slice(-20)));
  }
}

export const started = new Started();
