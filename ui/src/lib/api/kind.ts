/** The kinds of record, in the order a learner meets them. */
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
] as const;

export type Kind = (typeof KINDS)[number];

/** Whether `text` names a kind of record. */
export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
