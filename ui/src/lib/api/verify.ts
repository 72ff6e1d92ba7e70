/** Verdicts on credentials and packets from anywhere, and packets opened to look inside. */
import type { CredentialView } from '$lib/bindings/CredentialView';
import type { FileText } from '$lib/bindings/FileText';
import type { Looked } from '$lib/bindings/Looked';
import type { PacketPage } from '$lib/bindings/PacketPage';
import type { Report } from '$lib/bindings/Report';
import type { Verdict } from '$lib/bindings/Verdict';
import { call } from './call';
import { bytesOf, vaultUrl } from './files';
import type { Outcome } from './types';

export type { Proof } from '$lib/bindings/Proof';
export type { PacketClaim } from '$lib/bindings/PacketClaim';
export type { PacketCredential } from '$lib/bindings/PacketCredential';
export type { PacketFile } from '$lib/bindings/PacketFile';
export type { Looked, PacketPage, Report, Verdict };

export const verifyPick = () => call<Outcome<Looked>[] | null>('verify_pick');

export async function verifyFile(file: File): Promise<Looked> {
  // Header values are bytes, so a name beyond ASCII travels percent-encoded.
  return call<Looked>('verify_bytes', await bytesOf(file), {
    headers: { name: encodeURIComponent(file.name) },
  });
}

/** Everything in a packet; it stays open under its number until it is closed. */
export const packet = (number: number) => call<PacketPage>('packet', { packet: number });
export const packetCredential = (number: number, file: string) =>
  call<CredentialView>('packet_credential', { packet: number, file });
export const packetText = (number: number, file: string) => call<FileText>('packet_text', { packet: number, file });
/** Asks where to, then writes a copy; null when the learner thought better of it. */
export const packetSave = (number: number, file: string) =>
  call<string | null>('packet_save', { packet: number, file });
export const packetClose = (number: number) => call<null>('packet_close', { packet: number });

/** Where the window shows a picture in a packet: re-encoded by Rust, never the file itself. */
export const packetPictureUrl = (number: number, sha256: string) => vaultUrl(`packet/${number}/${sha256}`);
