/** What a learner can sign of one record: a badge in their own name, or a request that somebody endorses it. */
import { endorsementRequest, exportClaim, type BadgeFormat, type Kind } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { attempt } from '$lib/store/doing';
import { toasts } from '$lib/store/toasts.svelte';
import type { MenuItem } from '$lib/ui/Menu.svelte';

/** The kinds that say what a learner can do, and so can be signed one by one. */
export const CLAIMED: Kind[] = ['credential', 'evidence', 'story', 'skill', 'milestone'];

async function save(record: string, format: BadgeFormat) {
  const written = await attempt(() => exportClaim(record, format));
  if (written) toasts.show(m.claim_saved({ path: written.path }));
}

async function ask(record: string) {
  const written = await attempt(() => endorsementRequest(record, ''));
  if (written) toasts.show(m.endorse_asked({ path: written.path }));
}

export const claims = (record: string): MenuItem[] => [
  { label: m.claim_save_png(), run: () => void save(record, 'png') },
  { label: m.claim_save_svg(), run: () => void save(record, 'svg') },
  { label: m.claim_save_json(), run: () => void save(record, 'json') },
  { label: m.claim_save_jwt(), run: () => void save(record, 'jwt') },
  { label: m.endorse_ask(), run: () => void ask(record) },
];
