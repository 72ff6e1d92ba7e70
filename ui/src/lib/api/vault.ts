/** The vault as a whole: what is in it, its backups, imports and the sample learner. */
import { call } from './call';
import type { Change, DoctorReport, ImportReport, VaultInfo, Work } from './types';

export const vaultInfo = () => call<VaultInfo>('vault_info');
export const backupNow = () => call<{ name: string; path: string }>('backup_now');
export const restore = (name: string) => call<VaultInfo>('restore', { name });
export const restorePick = () => call<VaultInfo | null>('restore_pick');
export const doctor = () => call<DoctorReport>('doctor');
export const sampleFill = () => call<Change>('sample_fill');
export const sampleRemove = () => call<Change>('sample_remove');
export const importPick = () => call<ImportReport[] | null>('import_pick');
export const cancel = (work: Work['id']) => call<void>('cancel', { work });

export async function importFile(file: File): Promise<ImportReport> {
  // Header values are bytes, so a name beyond ASCII travels percent-encoded.
  return call<ImportReport>('import_bytes', new Uint8Array(await file.arrayBuffer()), {
    headers: { name: encodeURIComponent(file.name) },
  });
}

/** Opens an address in the browser. The window asks first. */
export const openUrl = (url: string) => call<void>('open_url', { url });
