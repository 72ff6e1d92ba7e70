/** The vault as a whole: what is in it, its backups, imports and the sample learner. */
import { call } from './call';
import { bytesOf } from './files';
import type {
  BackupInfo,
  Change,
  DoctorReport,
  ImportReport,
  KeyView,
  Outcome,
  Restored,
  VaultInfo,
  WholeBackup,
  Work,
} from './types';

export const vaultInfo = () => call<VaultInfo>('vault_info');
export const signingKey = () => call<KeyView>('signing_key');
export const backupNow = () => call<BackupInfo>('backup_now');
/** Writes the whole vault where the learner says; answers where, or null when they thought better of it. */
export const backupTo = () => call<WholeBackup | null>('backup_to');
export const restore = (name: string) => call<Restored>('restore', { name });
export const restorePick = () => call<Restored | null>('restore_pick');
/** Brings back the newest good backup of a vault that cannot be opened. */
export const recover = () => call<Restored>('recover');
export const doctor = () => call<DoctorReport>('doctor');
export const sampleFill = () => call<Change>('sample_fill');
export const sampleRemove = () => call<Change>('sample_remove');
/** Asks for files and imports them; `published` says that they were saved from the addresses that they name. */
export const importPick = (published = false) => call<Outcome<ImportReport>[] | null>('import_pick', { published });
export const cancel = (work: Work['id']) => call<void>('cancel', { work });

export async function importFile(file: File): Promise<ImportReport> {
  // Header values are bytes, so a name beyond ASCII travels percent-encoded.
  return call<ImportReport>('import_bytes', await bytesOf(file), {
    headers: { name: encodeURIComponent(file.name) },
  });
}

/** Says that all is saved and the window may close. */
export const closed = () => call<void>('closed');

/** Keeps a window that was asked to close. */
export const stay = () => call<void>('stay');

/** Opens an address in the browser. The window asks first. */
export const openUrl = (url: string) => call<void>('open_url', { url });
