/** Keyboard shortcuts: single keys, chords with a modifier, and two keys one after the other. */

/** How long after the first key of a sequence the second still counts, in milliseconds. */
const PATIENCE = 1200;

/** What a key press is called in a shortcut: `mod+k`, `alt+ArrowUp`, `?`, `g`. `mod` is Ctrl, or ⌘ on a Mac. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  // Shift is part of what a printable key means (`?`); only with others does it need saying.
  if (event.shiftKey && (parts.length > 0 || key.length > 1)) parts.push('shift');
  return [...parts, key].join('+');
}

/** Whether typing into this element makes text, so that plain letters are not shortcuts there. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** Keys that with `mod` undo, choose, copy, move through or delete text. */
const TEXT_WITH_MOD = new Set([
  'a',
  'c',
  'v',
  'x',
  'y',
  'z',
  'Backspace',
  'Delete',
  'Insert',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
]);

/** Keys that with Alt move through or delete words on a Mac. Elsewhere Alt+← means nothing in a text field: it goes back. */
const TEXT_WITH_ALT = new Set(['Backspace', 'Delete', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Whether a text field keeps a chord for itself: a learner who deletes a word must not delete a record. */
export function keptByText(name: string, mac: boolean): boolean {
  const parts = name.split('+').filter(part => part !== 'shift');
  const [key = ''] = parts.splice(-1);
  return parts.join('+') === 'mod'
    ? TEXT_WITH_MOD.has(key)
    : parts.join('+') === 'alt' && mac && TEXT_WITH_ALT.has(key);
}

/** Recognises shortcuts in a stream of key names. */
export class Keys {
  #pending = '';
  #since = 0;

  /** The shortcut among `known` that this key completes. `now` in milliseconds. */
  press(name: string, known: readonly string[], now: number): string | undefined {
    const prefix = now - this.#since <= PATIENCE ? this.#pending : '';
    this.#pending = '';
    const sequence = prefix ? `${prefix} ${name}` : name;
    if (known.includes(sequence)) return sequence;
    if (known.some(keys => keys.startsWith(`${name} `))) {
      this.#pending = name;
      this.#since = now;
      return undefined;
    }
    return known.includes(name) ? name : undefined;
  }
}

/** The keys of a shortcut as they stand on a keyboard: `['Ctrl', 'K']`; a sequence is one key after the other. */
export function shown(keys: string, mac: boolean): string[] {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    alt: mac ? '⌥' : 'Alt',
    shift: mac ? '⇧' : 'Shift',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
  };
  return keys.split(/[ +]/).map(key => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
