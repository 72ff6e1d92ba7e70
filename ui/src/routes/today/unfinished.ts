/** What is unfinished, gathered by what is missing, each with the way to mend it. */
import type { Fields, Kind, UnfinishedItem } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { linkTo, linkToNew } from '$lib/shell/places';

interface ReasonWords {
  /** Over the group: how many there are. */
  title: (inputs: { count: number }) => string;
  /** The way out, as a button. */
  fix: () => string;
}

const words: Record<UnfinishedItem['reason'], ReasonWords> = {
  'broken-credential': { title: m.unfinished_broken_credential, fix: m.fix_broken },
  'credential-issued-unearned': { title: m.unfinished_credential_unearned, fix: m.fix_unearned },
  'credential-without-reflection': { title: m.unfinished_credential_reflection, fix: m.fix_reflect },
  'milestone-without-reflection': { title: m.unfinished_milestone_reflection, fix: m.fix_reflect },
  'claim-without-evidence': { title: m.unfinished_claim_evidence, fix: m.fix_evidence },
  'story-without-metric': { title: m.unfinished_story_metric, fix: m.fix_metric },
  'evidence-without-file': { title: m.unfinished_evidence_file, fix: m.fix_file },
  'skill-without-backing': { title: m.unfinished_skill_backing, fix: m.fix_backing },
};

export interface UnfinishedGroup {
  reason: UnfinishedItem['reason'];
  title: string;
  fix: string;
  items: UnfinishedItem[];
  /** How many are not listed. */
  more: number;
  kind: Kind;
}

/** Items of one reason together, in the order they come. */
export function groups(items: readonly UnfinishedItem[]): UnfinishedGroup[] {
  const byReason = new Map<UnfinishedItem['reason'], UnfinishedItem[]>();
  for (const item of items) byReason.set(item.reason, [...(byReason.get(item.reason) ?? []), item]);
  return [...byReason].flatMap(([reason, items]) => {
    const [first] = items;
    if (!first) return [];
    return {
      reason,
      title: words[reason].title({ count: first.count }),
      fix: words[reason].fix(),
      items,
      more: Math.max(0, first.count - items.length),
      kind: first.kind,
    };
  });
}

/** Where the fix is made: a new record with what is known filled in, or the record itself. */
export function fixLink(item: UnfinishedItem): string {
  if (item.fix_kind === null) return linkTo(item.kind, item.id);
  return linkToNew(item.fix_kind, asParams(item.fix_fields ?? {}));
}

/** Fields as an address carries them: texts, and lists as `a,b`. What says nothing is left out. */
function asParams(fields: Fields): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields)) {
    const text = Array.isArray(value) ? value.filter(item => typeof item === 'string').join(',') : value;
    if (typeof text === 'string' && text !== '') params[field] = text;
  }
  return params;
}
