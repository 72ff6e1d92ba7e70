/** A backup of the records, asked for. */
import { backupNow } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { attempt } from './doing';
import { toasts } from './toasts.svelte';

export async function backUp(): Promise<void> {
  if (await attempt(backupNow)) toasts.show(m.settings_backup_done());
}
