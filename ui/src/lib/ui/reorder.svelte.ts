/** Putting the items of a list in another order: by a handle with the pointer, by Alt+↑ and Alt+↓ on the keyboard. */
import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

/** A list with the item at `from` put at `to`. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** The step of Alt+↑ or Alt+↓, or undefined for any other key. */
export function stepOf(event: KeyboardEvent): -1 | 1 | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey) return undefined;
  return event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
}

export class Reorder {
  /** The item being dragged, and where it would land; -1 while nothing is. */
  from = $state(-1);
  to = $state(-1);
  #move: (from: number, to: number) => void;
  #list: HTMLElement | undefined;

  constructor(move: (from: number, to: number) => void) {
    this.#move = move;
  }

  /** Goes on the list; its children are the items, in order. */
  readonly list: Attachment<HTMLElement> = element => {
    this.#list = element;
    return () => (this.#list = undefined);
  };

  /** Goes on the handle of the item at `index`. */
  handle(index: () => number): Attachment<HTMLElement> {
    return element => {
      const down = (event: PointerEvent) => {
        if (event.button !== 0 || !this.#list) return;
        event.preventDefault();
        element.setPointerCapture(event.pointerId);
        this.from = this.to = index();
      };
      const drag = (event: PointerEvent) => {
        if (this.from < 0) return;
        this.to = this.#landing(event.clientY);
      };
      const up = () => {
        const { from, to } = this;
        this.from = this.to = -1;
        if (from >= 0 && to !== from) this.#move(from, to);
      };
      const stop = () => (this.from = this.to = -1);
      const listening = [
        on(element, 'pointerdown', down),
        on(element, 'pointermove', drag),
        on(element, 'pointerup', up),
        on(element, 'pointercancel', stop),
      ];
      return () => listening.forEach(off => off());
    };
  }

  /** Where a line shows that the item would land: before or after this one. */
  edge(index: number): 'before' | 'after' | undefined {
    if (this.from < 0 || this.to !== index || this.to === this.from) return undefined;
    return this.to < this.from ? 'before' : 'after';
  }

  #landing(y: number): number {
    const items = [...(this.#list?.children ?? [])].filter(child => child.hasAttribute('data-item'));
    const below = items.findIndex(item => {
      const box = item.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    const slot = below === -1 ? items.length : below;
    return slot > this.from ? slot - 1 : slot;
  }
}
