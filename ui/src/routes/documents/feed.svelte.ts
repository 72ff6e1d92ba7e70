/** The page that follows every keystroke: one question at a time, the latest next, no answer after a later one. */
import { preview, toCairnError, type CairnError, type Fields, type ResumePreview } from '$lib/api';

type Ask = (collection: string, draft: Fields) => Promise<ResumePreview>;

export class PreviewFeed {
  /** The last answer; it stays while the next is on its way. */
  current = $state.raw<ResumePreview | undefined>(undefined);
  error = $state.raw<CairnError | undefined>(undefined);
  #next: { collection: string; draft: Fields } | undefined;
  #running = false;
  #ask: Ask;

  constructor(ask: Ask = preview) {
    this.#ask = ask;
  }

  /** Asks for the page of a draft. While a page is being set, only the latest draft waits. */
  ask(collection: string, draft: Fields): void {
    this.#next = { collection, draft };
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#next) {
      const { collection, draft } = this.#next;
      this.#next = undefined;
      try {
        this.current = await this.#ask(collection, draft);
        this.error = undefined;
      } catch (thrown) {
        this.error = toCairnError(thrown);
      }
    }
    this.#running = false;
  }
}
