/** Verdicts on credentials and packets from anywhere. */
import { call } from './call';
import { CairnError } from './error';
import { LARGEST_FILE } from './files';

export type Verdict = 'valid' | 'invalid' | 'expired' | 'revoked' | 'not-yet-valid' | 'cannot-check';

export interface Proof {
  suite: string;
  verification_method: string | null;
  created: string | null;
  verdict: Verdict;
  /** An English sentence. */
  reason: string;
}

export interface Report {
  /** Safe to show. */
  file: string;
  verdict: Verdict;
  /** Why, as an English sentence; `detail` says the same for whoever words it. */
  reason: string;
  /** What to do next, as an English sentence. */
  next: string;
  detail: { code: string; params: Record<string, unknown> };
  /** Who signed, as the file says: anybody can write any name. */
  issuer: { id: string; name: string | null } | null;
  proofs: Proof[];
  /** What was changed, is missing or was added, safe to show. */
  changed: string[];
  /** The moment dates were compared with (RFC 3339). */
  checked_at: string;
}

export const verifyPick = () => call<Report[] | null>('verify_pick');

export async function verifyFile(file: File): Promise<Report> {
  if (file.size > LARGEST_FILE) throw new CairnError('file-too-large', { name: file.name, most: LARGEST_FILE });
  // Header values are bytes, so a name beyond ASCII travels percent-encoded.
  return call<Report>('verify_bytes', new Uint8Array(await file.arrayBuffer()), {
    headers: { name: encodeURIComponent(file.name) },
  });
}
