import type { Kind } from '$lib/bindings/Kind';

export type { Kind };

/** The kinds of record, in the order a learner meets them. A test compares them with the domain's. */
export const KINDS = [
  'profile',
  'work',
  'education',
  'project',
  'volunteering',
  'award',
  'publication',
  'language',
  'interest',
  'reference',
  'credential',
  'endorsement',
  'renewal-activity',
  'evidence',
  'story',
  'skill',
  'budget-line',
  'funding',
  'expected-return',
  'money-settings',
  'sprint',
  'study-block',
  'deadline',
  'milestone',
  'reflection',
  'collection',
] as const satisfies readonly Kind[];

/** Whether `text` names a kind of record. */
export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
