/**
 * Undo and redo of typing in the field that has the focus. WebKitGTK binds no keys to them (webview/webview#119), and its own
 * stack is the page's: left alone it would go on to take back what was typed in the fields before.
 */
const UNDO = 'mod+z';
const REDO = new Set(['mod+shift+z', 'mod+y']);

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

export class Typing {
  /** The field that was typed in since it has the focus. */
  #field: Field | undefined;
  /** What it held before: with that in it again, nothing is left of its typing. */
  #before = '';
  /** How often its typing was taken back since something was typed. */
  #undone = 0;

  enter(): void {
    this.#field = undefined;
    this.#undone = 0;
  }

  /** Something is about to be typed. Not at the focus: a date or an amount is shown in another form once it is entered. */
  write({ target, inputType }: InputEvent): void {
    if (inputType.startsWith('history') || !isField(target)) return;
    if (this.#field !== target) this.#before = target.value;
    this.#field = target;
    this.#undone = 0;
  }

  /** Undoes or redoes typing where this key press means that; answers whether it did. */
  press(name: string, target: EventTarget | null): boolean {
    if (!isField(target) || target !== this.#field) return false;
    if (name === UNDO && target.value !== this.#before) {
      this.#undone += 1;
      return this.#do('undo');
    }
    if (REDO.has(name) && this.#undone > 0) {
      this.#undone -= 1;
      return this.#do('redo');
    }
    return false;
  }

  /** Whether a key press undoes or redoes, typing or something else. */
  static means(name: string): boolean {
    return name === UNDO || REDO.has(name);
  }

  #do(command: 'undo' | 'redo'): boolean {
    // Deprecated and without a successor: nothing else reaches the web view's own stack.
    return document.queryCommandEnabled(command) && document.execCommand(command);
  }
}
