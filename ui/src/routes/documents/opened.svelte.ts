/** What is unfolded in a collection's outline; remembered while the window is open. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Kind } from '$lib/api';

export class Opened {
  sections = new SvelteSet<Kind>();
  entries = new SvelteSet<string>();

  toggleSection(kind: Kind): void {
    if (!this.sections.delete(kind)) this.sections.add(kind);
  }

  toggleEntry(record: string): void {
    if (!this.entries.delete(record)) this.entries.add(record);
  }

  /** Unfolds the way to a record. */
  reveal(kind: Kind, record: string): void {
    this.sections.add(kind);
    this.entries.add(record);
  }
}

const all = new SvelteMap<string, Opened>();

export function openedOf(collection: string): Opened {
  const opened = all.get(collection) ?? new Opened();
  all.set(collection, opened);
  return opened;
}
