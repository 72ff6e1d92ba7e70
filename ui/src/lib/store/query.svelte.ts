/** Data that stays true: fetched once, and again whenever a kind it reads has changed. */
import { CairnError, toCairnError, type Kind } from '$lib/api';
import { follow } from './changes.svelte';

export class Query<T> {
  /** The last answer; kept while a new one is on its way, so that nothing flickers. */
  data = $state.raw<T | undefined>(undefined);
  error = $state.raw<CairnError | undefined>(undefined);
  loading = $state(true);
  #asked = 0;
  #again: () => void = () => undefined;

  /** Takes an answer unless a later question has been asked meanwhile. */
  async settle(answer: Promise<T>, again: () => void): Promise<void> {
    const turn = ++this.#asked;
    this.#again = again;
    this.loading = true;
    try {
      const data = await answer;
      if (turn !== this.#asked) return;
      this.data = data;
      this.error = undefined;
    } catch (thrown) {
      if (turn !== this.#asked) return;
      this.error = toCairnError(thrown);
    }
    this.loading = false;
  }

  /** Asks the same question again. */
  retry(): void {
    this.#again();
  }

  /** Forgets the answer, for a question about something else. */
  clear(): void {
    this.#asked++;
    this.data = undefined;
    this.error = undefined;
    this.loading = true;
  }
}

/**
 * A query for the life of a component. `ask` is called at once, when a reactive value it reads changes, and after a
 * change to one of `kinds`. Where it returns nothing, there is nothing to ask.
 */
export function query<T>(kinds: () => readonly Kind[], ask: () => Promise<T> | undefined): Query<T> {
  const result = new Query<T>();
  const again = () => {
    const answer = ask();
    if (answer) void result.settle(answer, again);
    else result.clear();
  };
  $effect(() => {
    follow(kinds());
    again();
  });
  return result;
}
