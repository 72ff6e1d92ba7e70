/** Files of evidence. Dropped and pasted files travel in pieces, so that none is held in memory whole. */
import { convertFileSrc } from '@tauri-apps/api/core';
import { call } from './call';
import { CairnError } from './error';
import type { Change, Outcome } from './types';

const PIECE = 1024 * 1024;
/** The largest file the vault takes, in bytes. */
export const LARGEST_FILE = 2 * 1024 ** 3;
/** The largest file that travels whole where it is dropped, in bytes; a larger one is chosen, and read where it lies. */
export const LARGEST_DROP = 256 * 1024 ** 2;

/** The bytes of a dropped or pasted file that travels whole. */
export async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > LARGEST_DROP) throw new CairnError('too-large-to-drop', { name: file.name });
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder cannot be read as a file, and says so only when it is tried.
    throw new CairnError('not-a-file-to-drop', { name: file.name });
  }
}

export const attachPick = (evidence: string) => call<Outcome<number>[]>('attach_pick', { evidence });
/** Attaches what was sent or chosen, in one step. */
export const attachAll = (evidence: string, tokens: number[]) => call<Change>('attach_all', { evidence, tokens });
export const detach = (file: string) => call<Change>('detach', { file });
export const openFile = (file: string) => call<void>('open_file', { file });
export const saveFileAs = (file: string) => call<string | null>('save_file_as', { file });
export const fileText = (file: string) => call<{ text: string; truncated: boolean }>('file_text', { file });

/** Where the window shows a picture of a file: re-encoded by Rust, never the file itself. */
export const previewUrl = (sha256: string) => vaultUrl(`preview/${sha256}`);

/** An address in the vault's own protocol, in the form this system wants. */
export function vaultUrl(path: string): string {
  // The path is added afterwards: convertFileSrc would escape its slashes.
  return convertFileSrc('', 'cairn') + path;
}

/** Sends a dropped or pasted file for `attachAll`, and answers its token; `progress` gets the share done, 0 to 1. */
export async function send(evidence: string, file: File, progress: (share: number) => void): Promise<number> {
  if (file.size > LARGEST_FILE) throw new CairnError('file-too-large', { name: file.name, most: LARGEST_FILE });
  const token = await call<number>('attach_begin', { evidence, name: file.name, size: file.size });
  try {
    for (let at = 0; at < file.size; at += PIECE) {
      const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      await call<void>('attach_chunk', piece, { headers: { token: String(token) } });
      progress(Math.min(1, (at + PIECE) / file.size));
    }
    await call<void>('attach_end', { token });
    return token;
  } catch (thrown) {
    // The upload is lost either way; what the learner needs to hear is the first error.
    await call<void>('attach_abort', { token }).catch(() => undefined);
    throw thrown;
  }
}
