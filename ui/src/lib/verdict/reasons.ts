/** Why a verdict is what it is, and what to do next, in words. Every reason of `cairn-proof` has its own. */
import type { Report } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { dateInWords } from '$lib/words/dates';
import { isolated } from '$lib/words/foreign';
import { LOCALE } from '$lib/words/locale';

type Params = Record<string, unknown>;

interface Reason {
  why: (params: Params) => string;
  next: (params: Params) => string;
}

/** What somebody else wrote. */
const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? isolated(String(value)) : '';
/** Where an address leads, as people say it; the whole address is one of the particulars. */
function site(value: unknown): string {
  const url = text(value);
  const web = /^did:web:([^:#?/]+)/.exec(url)?.[1]?.replace(/%3a\d+$/i, '');
  if (web) return web;
  return URL.canParse(url) ? new URL(url).hostname || url : url;
}
const day = (value: unknown) => dateInWords(text(value), 'long');
const names = (value: unknown) =>
  Array.isArray(value) ? value.filter(name => typeof name === 'string').map(isolated) : [];

/** How many names a sentence holds; the card lists them all below it. */
export const NAMED = 3;

/** `a`, `a and b`, `a, b and 7 others`. */
function listed(value: unknown): string {
  const all = names(value);
  const rest = all.length - (NAMED - 1);
  const said = all.length > NAMED ? [...all.slice(0, NAMED - 1), m.reason_others({ count: rest })] : all;
  return new Intl.ListFormat(LOCALE).format(said);
}

/** What was changed, missing or added since signing, a sentence each. */
function differences(p: Params): string {
  return [
    names(p.changed).length > 0 ? m.reason_changed({ count: names(p.changed).length, names: listed(p.changed) }) : '',
    names(p.missing).length > 0 ? m.reason_missing({ count: names(p.missing).length, names: listed(p.missing) }) : '',
    names(p.added).length > 0 ? m.reason_added({ count: names(p.added).length, names: listed(p.added) }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

export const reasons: Record<string, Reason> = {
  'packet-intact': {
    why: p => m.reason_packet_intact({ signer: text(p.signer), count: Number(p.files), day: day(p.signed_on) }),
    next: m.next_compare_key,
  },
  'packet-inside': {
    why: p => m.reason_packet_inside({ signer: text(p.signer), count: Number(p.files), day: day(p.signed_on) }),
    next: m.next_compare_page,
  },
  'credential-intact': { why: p => m.reason_credential_intact({ issuer: text(p.issuer) }), next: m.next_who },
  'credential-by-copy': {
    why: p => m.reason_credential_by_copy({ issuer: text(p.issuer), site: site(p.id), day: day(p.seen) }),
    next: m.next_keys_from_issuer,
  },
  'all-by-copy': {
    why: p => m.reason_all_by_copy({ count: Number(p.count), by_copy: Number(p.by_copy) }),
    next: m.next_keys_from_issuer,
  },
  'co-signed': { why: () => m.reason_co_signed(), next: m.next_who_else },
  'co-signer-unknown': { why: () => m.reason_co_signer_unknown(), next: m.next_their_keys },
  'identity-matches': {
    why: p => m.reason_identity_matches({ identity: text(p.identity) }),
    next: m.next_nothing,
  },
  'identity-differs': { why: () => m.reason_identity_differs(), next: m.next_add_address },
  'identity-unknown': { why: () => m.reason_identity_unknown(), next: m.next_show_otherwise },
  'evidence-unchanged': { why: p => m.reason_evidence_unchanged({ name: text(p.name) }), next: m.next_nothing },
  'evidence-changed': { why: p => m.reason_evidence_changed({ name: text(p.name) }), next: m.next_that_file },
  'evidence-not-at-hand': {
    why: p => m.reason_evidence_not_at_hand({ name: text(p.name) }),
    next: m.next_compare_file,
  },
  'evidence-unbound': { why: p => m.reason_evidence_unbound({ name: text(p.name) }), next: m.next_look_yourself },
  'unsupported-standard': {
    why: p => m.reason_unsupported_standard({ standard: text(p.standard) }),
    next: m.next_newer_standard,
  },
  'record-intact': {
    why: p => {
      const [signer, count, by_signer] = [text(p.signer), Number(p.count), Number(p.by_signer)];
      const others = count - by_signer;
      const whole = m.reason_record_intact({ signer, count });
      return `${whole} ${others > 0 ? m.reason_record_others({ signer, by_signer, others }) : m.reason_record_own({ signer })}`;
    },
    next: m.next_who_all,
  },
  'all-intact': { why: p => m.reason_all_intact({ count: Number(p.count) }), next: m.next_who_all },
  'status-clear': {
    why: p =>
      p.enclosed
        ? m.reason_status_clear_enclosed({ day: day(p.seen) })
        : p.keeper
          ? m.reason_status_clear_kept({ keeper: text(p.keeper), day: day(p.seen) })
          : m.reason_status_clear({ day: day(p.seen) }),
    next: m.next_refresh_list,
  },
  'status-message': { why: p => m.reason_status_message({ message: text(p.message) }), next: m.next_ask_meaning },
  'hosted-as-seen': {
    why: p => m.reason_hosted_as_seen({ issuer: text(p.issuer), site: site(p.url), day: day(p.seen) }),
    next: m.next_refresh_copy,
  },
  'hosted-differs': {
    why: p => m.reason_hosted_differs({ site: site(p.url), day: day(p.seen) }),
    next: m.next_as_it_stands,
  },
  'hosted-elsewhere': {
    why: p => m.reason_hosted_elsewhere({ site: site(p.url), issuer: text(p.issuer) }),
    next: m.next_as_it_stands,
  },
  'hosted-unseen': { why: p => m.reason_hosted_unseen({ site: site(p.url) }), next: m.next_refresh_or_save },
  'key-listed': {
    why: p =>
      p.enclosed
        ? m.reason_key_listed_enclosed({ issuer: text(p.issuer), day: day(p.seen) })
        : p.seen
          ? m.reason_key_listed({ issuer: text(p.issuer), day: day(p.seen) })
          : m.reason_key_is_issuer({ issuer: text(p.issuer) }),
    next: p => (p.enclosed ? m.next_keys_from_issuer() : m.next_who()),
  },
  'key-not-listed': {
    why: p => m.reason_key_not_listed({ issuer: text(p.issuer), day: day(p.seen) }),
    next: m.next_older_keys,
  },
  'key-withdrawn': { why: p => m.reason_key_withdrawn({ day: day(p.on) }), next: m.next_newer_key },
  'dates-hold': {
    why: p => (p.until ? m.reason_dates_until({ day: day(p.until) }) : m.reason_dates_no_end()),
    next: m.next_nothing,
  },
  'no-status': { why: () => m.reason_no_status(), next: m.next_nothing },
  'well-formed': { why: () => m.reason_well_formed(), next: m.next_nothing },
  incomplete: { why: p => m.reason_incomplete({ names: listed(p.missing) }), next: m.next_if_refused },
  'off-schema': { why: () => m.reason_off_schema(), next: m.next_if_refused },
  'unsafe-algorithm': { why: () => m.reason_unsafe_algorithm(), next: m.next_distrust },
  'not-covered': { why: () => m.reason_not_covered(), next: m.next_as_sent },
  'broken-chain': { why: () => m.reason_broken_chain(), next: m.next_corrected },
  suspended: {
    why: p =>
      p.why
        ? m.reason_suspended_why({ issuer: text(p.issuer), why: text(p.why) })
        : m.reason_suspended({ issuer: text(p.issuer) }),
    next: m.next_what_is_missing,
  },
  'kept-elsewhere': { why: p => m.reason_kept_elsewhere({ site: site(p.url) }), next: m.next_save_that },
  'unknown-context': { why: p => m.reason_unknown_context({ site: site(p.url) }), next: m.next_their_verifier },
  'too-complex': { why: () => m.reason_too_complex(), next: m.next_their_verifier },
  'broken-key-document': { why: p => m.reason_broken_key_document({ site: site(p.url) }), next: m.next_keys_again },
  'missing-status-list': { why: () => m.reason_missing_status_list(), next: m.next_refresh },
  'unusable-status': { why: () => m.reason_unusable_status(), next: m.next_list_again },
  'proof-holds': { why: () => m.reason_proof_holds(), next: m.next_who },
  'contents-differ': { why: differences, next: m.next_again },
  'signature-mismatch': { why: () => m.reason_signature_mismatch(), next: m.next_again },
  'context-changed': { why: () => m.reason_context_changed(), next: m.next_again },
  'damaged-archive': { why: () => m.reason_damaged_archive(), next: m.next_again },
  'not-issuers-key': { why: p => m.reason_not_issuers_key({ issuer: text(p.issuer) }), next: m.next_distrust },
  'broken-key': { why: () => m.reason_broken_key(), next: m.next_distrust },
  'hostile-archive': { why: () => m.reason_hostile_archive(), next: m.next_distrust },
  'wrong-purpose': { why: () => m.reason_wrong_purpose(), next: m.next_corrected },
  'broken-proof-value': { why: () => m.reason_broken_proof_value(), next: m.next_corrected },
  'broken-date': {
    why: p => m.reason_broken_date({ text: text(p.text) }),
    next: m.next_corrected,
  },
  'ambiguous-json': { why: () => m.reason_ambiguous_json(), next: m.next_corrected },
  malformed: { why: () => m.reason_malformed(), next: m.next_corrected },
  revoked: {
    why: p =>
      p.why
        ? m.reason_revoked_why({ issuer: text(p.issuer), why: text(p.why) })
        : m.reason_revoked({ issuer: text(p.issuer) }),
    next: m.next_ask_why,
  },
  expired: { why: p => m.reason_expired({ day: day(p.until) }), next: m.next_renewal },
  'not-yet-valid': { why: p => m.reason_not_yet_valid({ day: day(p.from) }), next: m.next_later },
  'endorsement-requested': {
    why: p => m.reason_endorsement_requested({ name: text(p.name) }),
    next: m.next_answer,
  },
  'not-a-credential': { why: () => m.reason_not_a_credential(), next: m.next_choose },
  'unreadable-json': { why: () => m.reason_unreadable_json(), next: m.next_original },
  'no-proof': { why: () => m.reason_no_proof(), next: m.next_signed },
  'unsupported-suite': { why: () => m.reason_unsupported_suite(), next: m.next_their_verifier },
  'unknown-key': { why: p => m.reason_unknown_key({ issuer: text(p.issuer) }), next: m.next_refresh_keys },
  'unknown-status': { why: () => m.reason_unknown_status(), next: m.next_still_stands },
};

/** Rust's own sentence stands in for a reason that this window does not know. */
export function whyInWords(report: Pick<Report, 'detail' | 'reason'>): string {
  return reasons[report.detail.code]?.why(report.detail.params) || report.reason;
}

export function nextInWords(report: Pick<Report, 'detail' | 'next'>): string {
  return reasons[report.detail.code]?.next(report.detail.params) ?? report.next;
}

/** What the sentence leaves out: addresses, and what programs call things. */
export function particulars({ detail: { params } }: Pick<Report, 'detail'>): { label: string; text: string }[] {
  const named: [string, () => string][] = [
    ['url', m.view_address],
    ['verification_method', m.part_key],
    ['suite', m.verify_suite],
    ['member', m.verify_member],
    ['place', m.verify_member],
    ['fault', m.verify_found],
  ];
  return named.map(([key, label]) => ({ label: label(), text: text(params[key]) })).filter(({ text }) => text !== '');
}
