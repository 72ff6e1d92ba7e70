/** How each list is narrowed, ordered and grouped: kept while the window is open. */
import { SvelteMap } from 'svelte/reactivity';
import type { Kind, Order } from '$lib/api';
import { kinds } from '$lib/kinds';

export class View {
  text = $state('');
  statuses = $state<string[]>([]);
  sorts = $state<string[]>([]);
  order = $state<Order>('position');
  descending = $state(false);
  group = $state<'none' | 'status' | 'sort'>('none');
  /** How far the list is scrolled, in pixels. */
  scrolled = 0;
  /** For skills: only those that nothing backs. */
  unbacked = $state(false);
  narrowed = $derived(this.text.trim() !== '' || this.statuses.length > 0 || this.sorts.length > 0 || this.unbacked);

  constructor(order: Order) {
    this.orderBy(order);
  }

  /** Newest first for dates, A to Z for the rest. */
  orderBy(order: Order): void {
    this.order = order;
    this.descending = order === 'date' || order === 'updated';
  }

  clear(): void {
    this.text = '';
    this.statuses = [];
    this.sorts = [];
    this.unbacked = false;
  }
}

class Views {
  #views = new SvelteMap<Kind, View>(
    Object.values(kinds).map(spec => [spec.kind, new View(spec.orders[0] ?? 'position')]),
  );

  of(kind: Kind): View {
    const view = this.#views.get(kind);
    if (!view) throw new Error(`no view of ${kind}`);
    return view;
  }
}

export const views = new Views();
