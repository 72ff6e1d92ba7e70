/** First pages that came along with their preview: fetched by its address, a page comes in pieces that each wait their turn. */
import { listen } from '@tauri-apps/api/event';
import type { SentPage } from '$lib/api';

/** Pages that are kept: the one in sight, the one on its way, and a few that typing has passed. */
const KEPT = 8;

const urls = new Map<string, string>();

function letGo(revision: string): void {
  URL.revokeObjectURL(urls.get(revision) ?? '');
  urls.delete(revision);
}

/** Takes in what comes along; returns what ends that and lets all of it go. */
export function receivePages(): () => void {
  const listening = listen<SentPage>('page', ({ payload: { revision, svg } }) => {
    if (urls.has(revision)) return;
    urls.set(revision, URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })));
    const [oldest] = urls.keys();
    if (urls.size > KEPT && oldest !== undefined) letGo(oldest);
  });
  return () => {
    void listening.then(stop => stop());
    for (const revision of urls.keys()) letGo(revision);
  };
}

/** Where the first page of a revision is, if it came along. */
export function sentPage(revision: string): string | undefined {
  return urls.get(revision);
}
