/** First pages that came along with their preview: fetched by its address, a page comes in pieces that each wait their turn. */
import { listen } from '@tauri-apps/api/event';
import type { SentPage } from '$lib/api';

/** Pages that are kept: the one in sight, the one on its way, and a few that typing has passed. */
const KEPT = 8;

const pages = new Map<string, string>();

/** Takes in what comes along; returns what ends that and lets all of it go. */
export function receivePages(): () => void {
  const listening = listen<SentPage>('page', ({ payload: { revision, svg } }) => {
    pages.set(revision, svg);
    const [oldest] = pages.keys();
    if (pages.size > KEPT && oldest !== undefined) pages.delete(oldest);
  });
  return () => {
    void listening.then(stop => stop());
    pages.clear();
  };
}

/** The first page of a revision as SVG, if it came along. */
export function sentPage(revision: string): string | undefined {
  return pages.get(revision);
}
