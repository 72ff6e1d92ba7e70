/** Errors and broken rules in words. Rust sends codes; every code it has must have words here (a test holds that). */
import type { CairnError, Problem } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { sizeInWords } from './numbers';
import { isolated } from './foreign';
import { LOCALE } from './locale';

type Parameters = Record<string, unknown>;
type Wording = (params: Parameters) => string;

/** Names, paths and what other programs say. */
const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? isolated(String(value)) : '';

/** Words for the rules of `cairn-domain`'s `Rule`, and for what the editors refuse themselves. */
export const ruleWords: Record<string, Wording> = {
  required: () => m.rule_required(),
  'too-long': p => m.rule_too_long({ most: Number(p.most).toLocaleString(LOCALE) }),
  'end-before-start': p => (p.start === '/issued' ? m.rule_end_before_issued() : m.rule_end_before_start()),
  negative: () => m.rule_negative(),
  'out-of-range': p =>
    m.rule_out_of_range({ least: Number(p.least).toLocaleString(LOCALE), most: Number(p.most).toLocaleString(LOCALE) }),
  'too-precise': p => (p.places === 0 ? m.rule_too_precise_none() : m.rule_too_precise({ places: text(p.places) })),
  'not-positive': () => m.rule_not_positive(),
  repeated: () => m.rule_repeated(),
  'unknown-currency': () => m.rule_unknown_currency(),
  'not-an-address': () => m.rule_not_an_address(),
  'not-an-email': () => m.rule_not_an_email(),
  'not-a-language': () => m.rule_not_a_language(),
  'not-a-date': () => m.rule_not_a_date(),
  'not-a-day': () => m.rule_not_a_day(),
  'not-a-time': () => m.rule_not_a_time(),
  'not-a-number': () => m.rule_not_a_number(),
  'not-whole': () => m.rule_not_whole(),
  unreadable: () => m.rule_unreadable(),
  'less-than-none': () => m.rule_less_than_none(),
  'not-an-amount': () => m.rule_not_an_amount(),
};

/** Words for the codes of `cairn-app` and the shell. */
export const errorWords: Record<string, Wording> = {
  unexpected: p => m.error_unexpected({ detail: text(p.detail) }),
  'amounts-too-large': () => m.error_amounts_too_large(),
  cancelled: () => m.error_cancelled(),
  'issue-failed': p => m.error_issue_failed({ detail: text(p.detail) }),
  'not-claimed': () => m.error_not_claimed(),
  'not-published': p => m.error_not_published({ file: text(p.file) }),
  'not-achieved': p => m.error_not_achieved({ title: text(p.title) }),
  'nothing-to-sign': () => m.error_nothing_to_sign(),
  'not-a-request': p => m.error_not_a_request({ detail: text(p.detail) }),
  'material-too-large': p => m.error_material_too_large({ path: text(p.path) }),
  'key-history-damaged': p => m.error_key_history_damaged({ path: text(p.path) }),
  'key-not-lost': () => m.error_key_not_lost(),
  'wrong-passphrase': () => m.error_wrong_passphrase(),
  'weak-passphrase': () => m.error_weak_passphrase(),
  'not-a-recovery-file': () => m.error_not_a_recovery_file(),
  'other-key': p => m.error_other_key({ offered: text(p.offered) }),
  'recovery-failed': () => m.error_recovery_failed(),
  'no-key': () => m.error_no_key(),
  'not-held': () => m.error_not_held(),
  'nothing-to-complain': () => m.error_nothing_to_complain(),
  'cannot-open': () => m.error_cannot_open(),
  closing: () => m.error_closing(),
  'disk-full': () => m.error_disk_full(),
  'document-failed': p => m.error_document_failed({ detail: text(p.detail) }),
  'file-damaged': p => m.error_file_damaged({ name: text(p.name) }),
  'file-exists': p => m.error_file_exists({ path: text(p.path) }),
  'file-failed': p => m.error_file_failed({ path: text(p.path), detail: text(p.detail) }),
  'file-missing': p => m.error_file_missing({ path: text(p.path) }),
  'file-too-large': p => m.error_file_too_large({ name: text(p.name), most: sizeInWords(Number(p.most)) }),
  'too-large-to-drop': p => m.error_too_large_to_drop({ name: text(p.name) }),
  'not-a-file-to-drop': p => m.error_not_a_file_to_drop({ name: text(p.name) }),
  'folder-missing': p => m.error_folder_missing({ path: text(p.path) }),
  'history-conflict': () => m.error_history_conflict(),
  'import-too-large': p => m.error_file_too_large({ name: text(p.file), most: sizeInWords(Number(p.most)) }),
  'import-unknown': p => m.error_import_unknown({ file: text(p.file), detail: text(p.detail) }),
  'import-unreadable': p => m.error_import_unreadable({ file: text(p.file), detail: text(p.detail) }),
  'input-too-large': () => m.error_input_too_large(),
  'key-damaged': p => m.error_key_damaged({ path: text(p.path) }),
  'key-file-failed': p => m.error_key_file_failed({ path: text(p.path), detail: text(p.detail) }),
  'key-locked': () => m.error_key_locked(),
  'key-lost': p => m.error_key_lost({ did: text(p.did) }),
  'key-mismatch': p => m.error_key_mismatch({ expected: text(p.expected), found: text(p.found) }),
  'key-no-random': () => m.error_key_no_random(),
  'link-target': () => m.error_link_target(),
  'no-backup': () => m.error_no_backup(),
  'no-credentials': () => m.error_no_credentials(),
  'no-preview': () => m.error_no_preview(),
  'no-such-collection': () => m.error_no_such_collection(),
  'several-collections': p => m.error_several_collections({ name: text(p.name) }),
  'no-such-document': () => m.error_no_such_document(),
  'no-such-file': () => m.error_no_such_file(),
  'no-such-packet': () => m.error_no_such_packet(),
  'no-such-format': () => m.error_no_such_format(),
  'no-such-upload': () => m.error_no_such_upload(),
  'not-a-backup': p => m.error_not_a_backup({ path: text(p.path), detail: text(p.detail) }),
  'not-a-material': p => m.error_not_a_material({ path: text(p.path), detail: text(p.detail) }),
  'not-a-file': p => m.error_not_a_file({ path: text(p.path) }),
  'not-damaged': () => m.error_not_damaged(),
  'not-for-collections': () => m.error_not_for_collections(),
  'not-found': () => m.error_not_found(),
  'not-json': p => m.error_not_json({ line: text(p.line), column: text(p.column) }),
  'write-protected': p => m.error_write_protected({ path: text(p.path) }),
  'inside-a-vault': p => m.error_inside_a_vault({ path: text(p.path) }),
  'not-writable': p => m.error_not_writable({ path: text(p.path) }),
  'nothing-to-redo': () => m.toast_nothing_to_redo(),
  'not-the-last-step': () => m.error_not_the_last_step(),
  'nothing-to-undo': () => m.toast_nothing_to_undo(),
  'only-one': () => m.error_only_one(),
  'packet-file-changed': p => m.error_packet_file_changed({ name: text(p.name) }),
  'packet-failed': p => m.error_packet_failed({ detail: text(p.detail) }),
  'packet-too-large': () => m.error_packet_too_large(),
  'record-invalid': () => m.error_invalid(),
  'record-unreadable': p => m.error_record_unreadable({ path: text(p.path) }),
  'sample-broken': () => m.error_sample_broken(),
  'vault-busy': () => m.error_busy(),
  'vault-damaged': p => (p.backup ? m.error_damaged_with_backup() : m.error_damaged()),
  'vault-failed': p => m.error_vault_failed({ detail: text(p.detail) }),
  'vault-newer': () => m.error_newer_vault(),
  'vault-no-access': p => m.error_vault_no_access({ path: text(p.path) }),
  'vault-not-a-folder': p => m.error_vault_not_a_folder({ path: text(p.path) }),
  'vault-not-empty': () => m.error_vault_not_empty(),
  'vault-read-only': () => m.error_read_only(),
};

export function problemInWords(problem: Problem): string {
  return (ruleWords[problem.rule] ?? (() => m.rule_other()))(problem);
}

export function errorInWords(error: CairnError): string {
  const wording = errorWords[error.code];
  if (wording) return wording(error.params);
  return m.error_unexpected({ detail: error.message || error.code });
}
