/**
 * Text that is typed for a value of another form: a date, a number, an amount. The draft holds it until the field is
 * left, because half of it often is a value too: `2024-1` on the way to `2024-12`.
 */
import type { EditedFields } from './props';

export type Read = { value: unknown } | { rule: string };

/** What a text is typed for. */
export interface Value {
  draft: EditedFields;
  /** Where the text belongs in the record. */
  path: string;
  /** The value as it is typed again: the form that is read back without doubt. */
  plain: string;
  /** Reads the text; a value of undefined leaves what is kept as it is. */
  read: (text: string) => Read;
  keep: (value: unknown) => void;
}

export class TypedText {
  #value: () => Value;
  #inside = $state(false);
  /** The text while it is typed; absent while the kept value speaks. */
  text = $derived.by(() => {
    const { draft, path, plain } = this.#value();
    return draft.held(path)?.text ?? (this.#inside ? plain : undefined);
  });

  /** Whether the text was left and could not be read. */
  refused = $derived.by(() => {
    const { draft, path } = this.#value();
    return draft.held(path)?.refused !== undefined;
  });

  /** For the life of an editor: what it holds is settled when it goes. */
  constructor(value: () => Value) {
    this.#value = value;
    $effect(() => () => this.leave());
  }

  /** The learner is in the field. */
  enter(): void {
    this.#inside = true;
  }

  write(text: string): void {
    this.#hold(text, undefined);
  }

  /** The learner has left the field, or is done with it. */
  leave(): void {
    this.#inside = false;
    this.settle();
  }

  settle = (): void => {
    const { draft, path, plain, read, keep } = this.#value();
    const text = draft.held(path)?.text;
    if (text === undefined) return;
    const found = text === plain ? { value: undefined } : read(text);
    if ('rule' in found) {
      this.#hold(text, found.rule);
      return;
    }
    draft.hold(path, undefined);
    if (found.value !== undefined) keep(found.value);
  };

  /** Takes back what was typed. Answers whether there was anything to take back. */
  takeBack(): boolean {
    const { draft, path, plain } = this.#value();
    const text = draft.held(path)?.text;
    draft.hold(path, undefined);
    return text !== undefined && text !== plain;
  }

  #hold(text: string, refused: string | undefined): void {
    const { draft, path } = this.#value();
    draft.hold(path, { text, refused, settle: this.settle });
  }
}
