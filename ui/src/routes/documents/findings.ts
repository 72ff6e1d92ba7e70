/** What the typesetter noticed, in words. */
import type { DocumentWarning, Kind, Outline } from '$lib/api';
import { isolated } from '$lib/words/foreign';
import { m } from '$lib/paraglide/messages';

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const words: Record<string, (params: Record<string, unknown>) => string> = {
  'no-name': () => m.finding_no_name(),
  'nothing-chosen': () => m.finding_nothing_chosen(),
  'many-pages': p => m.finding_many_pages({ count: Number(p.pages) }),
  'missing-characters': p => m.finding_missing_characters({ characters: text(p.characters) }),
  'credential-not-held': p => m.finding_credential_not_held({ title: isolated(text(p.title)) }),
  'credential-broken': p => m.finding_credential_broken({ title: isolated(text(p.title)) }),
  'credential-of-another': p => m.finding_credential_of_another({ title: isolated(text(p.title)) }),
  'credential-without-outcome': p => m.finding_credential_without_outcome({ title: isolated(text(p.title)) }),
  'story-without-result': p => m.finding_story_without_result({ title: isolated(text(p.title)) }),
  'language-not-worded': p => m.finding_language_not_worded({ language: text(p.language) }),
};

export function findingInWords(finding: DocumentWarning): string {
  return words[finding.code]?.(finding.params) ?? m.finding_other({ code: finding.code });
}

/** The findings about one record. */
export function aboutEntry(findings: readonly DocumentWarning[], entry: { record: string }): DocumentWarning[] {
  return findings.filter(finding => finding.params.record === entry.record);
}

/** The record that a finding is about, if it is about one. */
export function recordOf(
  finding: DocumentWarning,
  outline: Outline | undefined,
): { kind: Kind; record: string } | undefined {
  const entries = outline?.sections.flatMap(section => section.entries) ?? [];
  return entries.find(entry => aboutEntry([finding], entry).length > 0);
}
