/** Errors and broken rules in words. Rust sends codes; every code it has must have words here (a test holds that). */
import type { CairnError, Problem } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { sizeInWords } from './numbers';

type Parameters = Record<string, unknown>;
type Wording = (params: Parameters) => string;

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Words for the rules of `cairn-domain`'s `Rule`, and for what the editors refuse themselves. */
export const ruleWords: Record<string, Wording> = {
  required: () => m.rule_required(),
  'too-long': p => m.rule_too_long({ most: Number(p.most).toLocaleString('en') }),
  'end-before-start': () => m.rule_end_before_start(),
  negative: () => m.rule_negative(),
  'out-of-range': p =>
    m.rule_out_of_range({ least: Number(p.least).toLocaleString('en'), most: Number(p.most).toLocaleString('en') }),
  'too-precise': p => (p.places === 0 ? m.rule_too_precise_none() : m.rule_too_precise({ places: text(p.places) })),
  'unknown-currency': () => m.rule_unknown_currency(),
  'not-an-address': () => m.rule_not_an_address(),
  'not-an-email': () => m.rule_not_an_email(),
  'not-a-language': () => m.rule_not_a_language(),
  'not-a-date': () => m.rule_not_a_date(),
  'not-a-day': () => m.rule_not_a_day(),
  'not-a-time': () => m.rule_not_a_time(),
  'not-a-number': () => m.rule_not_a_number(),
  'not-whole': () => m.rule_not_whole(),
  'not-an-amount': () => m.rule_not_an_amount(),
};

export const errorWords: Record<string, Wording> = {
  unexpected: p => m.error_unexpected({ detail: text(p.detail) }),
  'not-found': () => m.error_not_found(),
  invalid: () => m.error_invalid(),
  'unknown-field': p => m.error_unknown_field({ field: text(p.field) }),
  'read-only': () => m.error_read_only(),
  'disk-full': () => m.error_disk_full(),
  busy: () => m.error_busy(),
  damaged: () => m.error_damaged(),
  'newer-vault': () => m.error_newer_vault(),
  'file-missing': () => m.error_file_missing(),
  'file-not-a-file': () => m.error_file_not_a_file(),
  'file-too-large': p => m.error_file_too_large({ name: text(p.name), most: sizeInWords(Number(p.most)) }),
  'file-unreadable': () => m.error_file_unreadable(),
  'unknown-format': () => m.error_unknown_format(),
  'not-json': p => m.error_not_json({ detail: text(p.detail) }),
  cancelled: () => m.error_cancelled(),
};

export function problemInWords(problem: Problem): string {
  return (ruleWords[problem.rule] ?? (() => m.rule_other()))(problem);
}

export function errorInWords(error: CairnError): string {
  const wording = errorWords[error.code];
  if (wording) return wording(error.params);
  return m.error_unexpected({ detail: text(error.params.detail) || error.code });
}
