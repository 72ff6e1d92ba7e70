/** What crosses between the window and Rust, as long as it is not generated into `../bindings`. */
import type { Kind } from './kind';

/** A record's fields in their JSON form, as Rust's serde writes them. */
export type Fields = Record<string, unknown>;

/** An RFC 7396 merge patch over a record's fields: arrays are replaced whole, `null` empties a field. */
export type Patch = Record<string, unknown>;

export type Order = 'position' | 'title' | 'date' | 'updated' | 'status' | 'sort';

export interface ListQuery {
  text: string;
  statuses: string[];
  sorts: string[];
  order: Order;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface Count {
  value: string;
  count: number;
}

export interface ListItem {
  id: string;
  kind: Kind;
  title: string;
  subtitle: string;
  status: string;
  sort: string;
  date: string | null;
  updated_at: string;
  sample: boolean;
}

/** One stretch of a list. The counts cover the whole kind, whatever is filtered. */
export interface ListPage {
  total: number;
  items: ListItem[];
  statuses: Count[];
  sorts: Count[];
}

/** A record at the other end of a link; `field` is the field that holds the link. */
export interface NamedLink {
  field: string;
  id: string;
  kind: Kind;
  title: string;
  subtitle: string;
  status: string;
}

export interface FileInfo {
  id: string;
  sha256: string;
  /** Safe to show: Rust has replaced control characters and overrides. */
  name: string;
  media_type: string;
  size: number;
  preview: 'image' | 'text' | 'none';
}

export interface RecordPage {
  /** Absent until a single record (profile, money settings) is first edited. */
  id: string | null;
  kind: Kind;
  created_at: string;
  updated_at: string;
  sample: boolean;
  fields: Fields;
  links: NamedLink[];
  backlinks: NamedLink[];
  files: FileInfo[];
}

/** What one action changed. `history` is absent where nothing changed. */
export interface Change {
  history: number | null;
  action: string;
  kind: Kind | null;
  id: string | null;
  title: string;
  touched: Kind[];
}

/** A record that would feel the removal of another. */
export interface Hanging {
  id: string;
  kind: Kind;
  title: string;
  effect: 'unlinked' | 'removed';
}

export interface SearchHit {
  kind: Kind;
  id: string;
  title: string;
  subtitle: string;
  /** Plain text; matches stand between U+0001 and U+0002. */
  snippet: string;
}

export interface HistoryEntry {
  id: number;
  at: string;
  action: string;
  kind: Kind | null;
  title: string;
  count: number;
  undone: boolean;
}

export interface HistoryPage {
  total: number;
  items: HistoryEntry[];
  can_undo: boolean;
  can_redo: boolean;
}

export interface SkillBacking {
  id: string;
  name: string;
  sort: string;
  level: string;
  last_used: string | null;
  credentials: number;
  evidence: number;
  stories: number;
  projects: number;
}

export interface ImportReport {
  file: string;
  format: string;
  added: number;
  updated: number;
  unchanged: number;
  skipped: { path: string; reason: string }[];
  /** One undo takes the import back. */
  change: Change;
}

export interface BackupInfo {
  name: string;
  path: string;
  at: string;
  size: number;
}

export interface VaultInfo {
  path: string;
  empty: boolean;
  has_sample: boolean;
  counts: { kind: Kind; count: number }[];
  backups: BackupInfo[];
  version: string;
  read_only: boolean;
  bytes: number;
}

/** The key that signs packets, as far as it may be told. */
export interface KeyView {
  home: 'keychain' | 'file' | 'none';
  path: string | null;
  did: string | null;
}

export interface DoctorReport {
  healthy: boolean;
  findings: { code: string; detail: string; mended: boolean }[];
}

/** The `changed` event: after any change, by this window or by another process. */
export interface Changed {
  touched: Kind[];
}

/** The `work` event: how far long work has come. */
export interface Work {
  id: number | string;
  label: string;
  done: number;
  total: number;
  finished: boolean;
}
