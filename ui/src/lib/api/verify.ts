/** Verdicts on credentials and packets from anywhere. */
import type { Report } from '$lib/bindings/Report';
import type { Verdict } from '$lib/bindings/Verdict';
import { call } from './call';
import { bytesOf } from './files';
import type { Outcome } from './types';

export type { Proof } from '$lib/bindings/Proof';
export type { Report, Verdict };

export const verifyPick = () => call<Outcome<Report>[] | null>('verify_pick');

export async function verifyFile(file: File): Promise<Report> {
  // Header values are bytes, so a name beyond ASCII travels percent-encoded.
  return call<Report>('verify_bytes', await bytesOf(file), {
    headers: { name: encodeURIComponent(file.name) },
  });
}
