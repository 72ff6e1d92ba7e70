/** An entry's words under the learner's hands, for the same editors that records have. */
import type { Problem } from '$lib/api';
import type { EditedFields } from '$lib/record/editors/props';
import { asWords, effective, type EntryWords, type OwnWords } from './wording';

/** What an entry's words are read from and written to. */
export interface Wordable {
  own: () => OwnWords;
  words: () => EntryWords;
  put: (words: Partial<EntryWords>) => void;
  problems: (path: string) => Problem[];
  flush: () => Promise<boolean>;
}

export class EntryDraft implements EditedFields {
  /** The field being typed in: emptied, it stays empty until it is left, and only then shows the record's words. */
  #typing = $state.raw<{ path: string; value: unknown } | undefined>(undefined);
  #entry: Wordable;

  constructor(entry: Wordable) {
    this.#entry = entry;
  }

  value(path: string): unknown {
    if (this.#typing?.path === path) return this.#typing.value;
    return effective(path, this.#entry.own(), this.#entry.words());
  }

  set(path: string, value: unknown): void {
    this.#typing = { path, value };
    this.#entry.put(asWords(path, value, this.#entry.own()));
  }

  problemsAt(path: string): Problem[] {
    return this.#entry.problems(path);
  }

  // Words are their own values: none of them is held back.
  held(): undefined {}
  hold(): void {}
  settle(): void {}
  letGo(): void {}

  async flush(): Promise<boolean> {
    this.#typing = undefined;
    return this.#entry.flush();
  }
}
