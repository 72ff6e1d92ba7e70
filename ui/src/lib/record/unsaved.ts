/** What is being typed anywhere in the window, so that nothing is lost when it closes. */
import { listen } from '@tauri-apps/api/event';
import { closed } from '$lib/api';
import { saveLeftBehind } from './unkept';

/** Saves what one page holds. Settles once it is saved, and answers whether all of it is kept. */
export type Flush = () => Promise<boolean>;

const pages = new Set<Flush>();
/** What is still being saved of pages that were left. */
const leaving = new Set<Promise<void>>();

/**
 * Has `flush` called when the window closes, and when the page does: returns what a component gives to be called then.
 * `left` hears whether all was kept when the page was left.
 */
export function saveAtTheEnd(flush: Flush, left: (kept: boolean) => void = () => undefined): () => void {
  pages.add(flush);
  return () => {
    pages.delete(flush);
    const saving = flush()
      .then(left, () => left(false))
      .finally(() => leaving.delete(saving));
    leaving.add(saving);
  };
}

/** Saves what is being typed anywhere; settles once that is done, whatever became of it. */
export async function saveAll(): Promise<void> {
  await Promise.allSettled([...leaving, ...[...pages].map(flush => flush())]);
}

/** Listens for the end: the shell hides the window, says `closing`, and waits to hear that it may go. */
export async function listenForTheEnd(): Promise<void> {
  window.addEventListener('pagehide', () => void saveAll());
  await listen('closing', async () => {
    await saveAll();
    await saveLeftBehind();
    // The shell does not wait for ever: if it cannot be told, it goes by itself.
    await closed().catch(() => undefined);
  });
}
