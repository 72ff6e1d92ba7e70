/** What a learner can sign of one record: a badge in their own name, or a request that somebody endorses it. */
import { endorsementRequest, exportClaim, type BadgeFormat, type Kind } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { attempt } from '$lib/store/doing';
import { toasts } from '$lib/store/toasts.svelte';
import type { MenuItem } from '$lib/ui/Menu.svelte';

/** The kinds that say what a learner can do, and so can be signed one by one. */
export const CLAIMED: Kind[] = ['credential', 'evidence', 'story', 'skill', 'milestone'];

/** Saves what is being typed, since what is signed comes from the vault; answers whether all of it is kept. */
type Before = () => Promise<boolean>;

async function isSaved(before: Before): Promise<boolean> {
  const saved = await before();
  if (!saved) toasts.show(m.export_unsaved(), { tone: 'wrong' });
  return saved;
}

async function save(record: string, before: Before, format: BadgeFormat) {
  if (!(await isSaved(before))) return;
  const written = await attempt(() => exportClaim(record, format));
  if (written) toasts.show(m.claim_saved({ path: written.path }));
}

async function ask(record: string, before: Before) {
  if (!(await isSaved(before))) return;
  const written = await attempt(() => endorsementRequest(record, ''));
  if (written) toasts.show(m.endorse_asked({ path: written.path }));
}

export const claims = (record: string, before: Before): MenuItem[] => [
  { label: m.claim_save_png(), run: () => void save(record, before, 'png') },
  { label: m.claim_save_svg(), run: () => void save(record, before, 'svg') },
  { label: m.claim_save_json(), run: () => void save(record, before, 'json') },
  { label: m.claim_save_jwt(), run: () => void save(record, before, 'jwt') },
  { label: m.endorse_ask(), run: () => void ask(record, before) },
];
