/** What is being typed anywhere in the window, so that nothing is lost when it closes. */
import { listen } from '@tauri-apps/api/event';
import { closed, stay } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { toasts } from '$lib/store/toasts.svelte';
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

/** Saves what is being typed anywhere; settles once that is done, and answers whether all of it is kept. */
export async function saveAll(): Promise<boolean> {
  const [saved] = await Promise.all([
    Promise.allSettled([...pages].map(flush => flush())),
    Promise.allSettled(leaving),
  ]);
  return saved.every(page => page.status === 'fulfilled' && page.value);
}

/**
 * Listens for the end: the shell hides the window, says `closing`, and waits to hear that it may go. Where something
 * cannot be kept it stays and says so; asked again, with nothing typed in between, it goes.
 */
export async function listenForTheEnd(): Promise<void> {
  let warned = false;
  window.addEventListener('pagehide', () => void saveAll());
  window.addEventListener('input', () => (warned = false), true);
  await listen('closing', async () => {
    const kept = await saveAll();
    const found = await saveLeftBehind();
    // The shell does not wait for ever: if it cannot be told, it goes by itself.
    if ((kept && found) || warned) return closed().catch(() => undefined);
    warned = true;
    await stay().catch(() => undefined);
    toasts.show(m.close_unkept(), { tone: 'wrong' });
  });
}
