/** What issuers signed: received, checked, refreshed, issued and saved. Everything but `refresh` is offline. */
import type { BadgeFormat } from '$lib/bindings/BadgeFormat';
import type { Change } from '$lib/bindings/Change';
import type { Checked } from '$lib/bindings/Checked';
import type { Exported } from '$lib/bindings/Exported';
import type { Held } from '$lib/bindings/Held';
import type { HeldStanding } from '$lib/bindings/HeldStanding';
import type { HeldOverview } from '$lib/bindings/HeldOverview';
import type { HeldPage } from '$lib/bindings/HeldPage';
import type { HostPlan } from '$lib/bindings/HostPlan';
import type { KeptVerdict } from '$lib/bindings/KeptVerdict';
import type { KeyRecovered } from '$lib/bindings/KeyRecovered';
import type { KeyView } from '$lib/bindings/KeyView';
import type { Letter } from '$lib/bindings/Letter';
import type { LineSource } from '$lib/bindings/LineSource';
import type { Request } from '$lib/bindings/Request';
import type { RefreshReport } from '$lib/bindings/RefreshReport';
import { call } from './call';

export type { CredentialView } from '$lib/bindings/CredentialView';
export type { HostAnswer } from '$lib/bindings/HostAnswer';
export type { InsideVerdict } from '$lib/bindings/InsideVerdict';
export type { IdentityMatch } from '$lib/bindings/IdentityMatch';
export type { KeyEvent } from '$lib/bindings/KeyEvent';
export type { PartCheck } from '$lib/bindings/PartCheck';
export type { SourceKind } from '$lib/bindings/SourceKind';
export type { TakenCredential } from '$lib/bindings/TakenCredential';
export type {
  BadgeFormat,
  Checked,
  Held,
  HeldOverview,
  HeldPage,
  HostPlan,
  KeptVerdict,
  Letter,
  LineSource,
  RefreshReport,
  Request,
  HeldStanding,
};

/** Newest issue first; none where the learner wrote the record by hand. */
export const heldOf = (credential: string) => call<Held[]>('held_of', { credential });
export const held = (id: string) => call<HeldPage>('held', { id });
export const verdictHistory = (id: string) => call<KeptVerdict[]>('verdict_history', { id });
export const heldOverview = () => call<HeldOverview>('held_overview');
/** Where the credentials of a page of a list stand; those without a received file are left out. */
export const standings = (ids: readonly string[]) => call<HeldStanding[]>('held_standings', { ids });

/** The received bytes, as they came; null when the learner thought better of it. */
export const heldSaveAs = (id: string) => call<string | null>('held_save_as', { id });
export const heldRemove = (id: string) => call<Change>('held_remove', { id });

/** Checks again, offline; null for all. The verdicts are kept. */
export const check = (ids: readonly string[] | null) => call<Checked[]>('check', { ids, at: null });
/** Which hosts a refresh would ask, and for what. */
export const refreshHosts = (ids: readonly string[] | null) => call<HostPlan[]>('refresh_hosts', { ids });
/** Asks the hosts named, and no other; the only thing in Cairn that uses the network. */
export const refresh = (ids: readonly string[] | null, hosts: readonly string[]) =>
  call<RefreshReport>('refresh', { ids, hosts });
export const letter = (id: string) => call<Letter>('letter', { id });

/** By what each record is backed: issuer-signed, self-signed or unsigned. */
export const sources = (ids: readonly string[]) => call<LineSource[]>('sources', { ids });

export const exportClaim = (record: string, format: BadgeFormat) =>
  call<Exported | null>('export_claim', { record, format });
/** Writes a request that somebody endorses a record; `message` is what the learner writes to them. */
export const endorsementRequest = (record: string, message: string) =>
  call<Exported | null>('endorsement_request', { record, message });
/** Lets the learner choose somebody's request: a token for the file, and what it says. */
export const requestPick = () => call<[token: number, request: Request] | null>('request_pick');
/** Signs the answer to a request in the learner's own words. */
export const endorse = (request: number, comment: string) => call<Exported | null>('endorse', { request, comment });

/** Signs with a new key from now on. `lost` where the old one's secret is gone and cannot vouch for it. */
export const keyRotate = (lost: boolean) => call<KeyView>('key_rotate', { lost });
/** Writes the key, locked with a passphrase, where the learner says. */
export const keyExportRecovery = (passphrase: string) => call<string | null>('key_export_recovery', { passphrase });
/** Lets the learner choose a recovery file; `replace` where another key is here already. */
export const keyImportRecovery = (passphrase: string, replace: boolean) =>
  call<KeyRecovered | null>('key_import_recovery', { passphrase, replace });
