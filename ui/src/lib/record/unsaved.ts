/** What is being typed anywhere in the window, so that nothing is lost when it closes. */
import { listen } from '@tauri-apps/api/event';

/** Saves what one page holds. */
type Flush = () => Promise<void>;

const pages = new Set<Flush>();

/** Has `flush` called when the window closes, and when the page does: returns what a component gives to be called then. */
export function saveAtTheEnd(flush: Flush): () => void {
  pages.add(flush);
  return () => {
    pages.delete(flush);
    void flush();
  };
}

/** Listens for the end: the shell hides the window, says `closing`, and gives a moment. */
export async function listenForTheEnd(): Promise<void> {
  const save = () => pages.forEach(flush => void flush());
  window.addEventListener('pagehide', save);
  await listen('closing', save);
}
