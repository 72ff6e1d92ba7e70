/** Drafts that were left with something the vault would not take: kept while the window is open, by their address. */
import type { KindSpec } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { router } from '$lib/store/router.svelte';
import { toasts } from '$lib/store/toasts.svelte';
import type { Draft } from './draft.svelte';
import { text } from './editors/text';
import { unkeptInWords } from './needed';

const drafts = new Map<string, Draft>();

/** Keeps a draft for the page at `address`, and says that it is not in the vault yet. */
export function leaveBehind(address: string, spec: KindSpec, draft: Draft): void {
  // Nothing can be kept of a record that is gone; its page says so where it is looked at.
  if (draft.error?.code === 'not-found') return;
  drafts.set(address, draft);
  const title = text(draft.value(spec.title.path)).trim();
  toasts.show(unkeptInWords(spec, draft, title), {
    tone: 'wrong',
    action: { label: m.record_unkept_back(), run: () => router.go(address) },
  });
}

/** The draft that was left at `address`, for the page that is there now. */
export function takeUp(address: string): Draft | undefined {
  const draft = drafts.get(address);
  drafts.delete(address);
  return draft;
}

/** Tries once more to save what was left behind: what stood in the way may be over. Answers whether all of it is kept. */
export async function saveLeftBehind(): Promise<boolean> {
  const saved = await Promise.allSettled([...drafts.values()].map(draft => draft.flush()));
  return saved.every(draft => draft.status === 'fulfilled' && draft.value);
}
