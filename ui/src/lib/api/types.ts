/** What crosses between the window and Rust: generated from Rust's types, but for what only the window names. */
import type { Kind } from './kind';

export type { BackedSkill as SkillBacking } from '$lib/bindings/BackedSkill';
export type { BackupInfo } from '$lib/bindings/BackupInfo';
export type { Change } from '$lib/bindings/Change';
export type { Count } from '$lib/bindings/Count';
export type { DoctorReport } from '$lib/bindings/DoctorReport';
export type { FileInfo } from '$lib/bindings/FileInfo';
export type { Hanging } from '$lib/bindings/Hanging';
export type { HistoryEntry } from '$lib/bindings/HistoryEntry';
export type { HistoryPage } from '$lib/bindings/HistoryPage';
export type { ImportReport } from '$lib/bindings/ImportReport';
export type { KeyView } from '$lib/bindings/KeyView';
export type { ListItem } from '$lib/bindings/ListItem';
export type { ListPage } from '$lib/bindings/ListPage';
export type { ListQuery } from '$lib/bindings/ListQuery';
export type { NamedLink } from '$lib/bindings/NamedLink';
export type { Order } from '$lib/bindings/Order';
export type { RecordPage } from '$lib/bindings/RecordPage';
export type { Retraced } from '$lib/bindings/Retraced';
export type { Restored } from '$lib/bindings/Restored';
export type { SearchHit } from '$lib/bindings/SearchHit';
export type { VaultInfo } from '$lib/bindings/VaultInfo';
export type { WholeBackup } from '$lib/bindings/WholeBackup';

/** A record's fields in their JSON form, as Rust's serde writes them. */
export type Fields = Record<string, unknown>;

/** An RFC 7396 merge patch over a record's fields: arrays are replaced whole, `null` empties a field. */
export type Patch = Record<string, unknown>;

/** The `changed` event: after any change, by this window or by another process. */
export interface Changed {
  touched: Kind[];
  /** A step of history that this window made, steps of others, or none at all. */
  cause: { step: number } | 'elsewhere' | 'judged';
}

/** The `work` event: how far long work has come. */
export interface Work {
  id: number | string;
  label: string;
  done: number;
  total: number;
  finished: boolean;
}

/** What became of one of several files that were chosen together. */
export type Outcome<T> = { done: T } | { failed: unknown };
