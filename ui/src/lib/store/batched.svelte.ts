/** Answers about many records, asked for a few at a time as rows come into sight: a list may have thousands. */
import { SvelteMap } from 'svelte/reactivity';

/** How long questions are gathered, in milliseconds: rows come into sight one by one while a list moves. */
const GATHER = 30;

export class Batched<T> {
  #known = new SvelteMap<string, T | undefined>();
  #asked = new Set<string>();
  #waiting = new Set<string>();
  /** What the rows in sight asked for last. */
  #inSight: readonly string[] = [];
  readonly #ask: (ids: string[]) => Promise<Map<string, T>>;

  /** `ask` leaves out what it knows nothing about. */
  constructor(ask: (ids: string[]) => Promise<Map<string, T>>) {
    this.#ask = ask;
  }

  of(id: string): T | undefined {
    return this.#known.get(id);
  }

  /** Sees to it that the answers about these, the rows that are in sight now, are known soon. */
  want(ids: readonly string[]): void {
    this.#inSight = ids;
    const before = this.#waiting.size;
    for (const id of ids) if (!this.#asked.has(id)) this.#waiting.add(id);
    if (before === 0 && this.#waiting.size > 0) setTimeout(() => void this.#answer(), GATHER);
  }

  /** The answers may have changed: asks again about what is in sight, and about the rest once it is. */
  forget(): void {
    this.#asked.clear();
    this.want(this.#inSight);
  }

  async #answer(): Promise<void> {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    for (const id of ids) this.#asked.add(id);
    try {
      const found = await this.#ask(ids);
      for (const id of ids) this.#known.set(id, found.get(id));
    } catch {
      // A row without its mark is still a row; the record's own page says what is wrong.
      for (const id of ids) this.#asked.delete(id);
    }
  }
}
