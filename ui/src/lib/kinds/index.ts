/** Every kind of record with its description. Fetched with the first record: what a start needs of a kind is its face. */
import type { Kind } from '$lib/api';
import { collection } from './collection';
import { credential } from './credential';
import { endorsement } from './endorsement';
import { evidence } from './evidence';
import { budgetLine, expectedReturn, funding, moneySettings } from './money';
import * as life from './profile';
import { milestone, reflection } from './reflection';
import { renewalActivity } from './renewal';
import { skill } from './skill';
import type { KindSpec } from './spec';
import { story } from './story';
import { deadline, sprint, studyBlock } from './study';

export const kinds: Record<Kind, KindSpec> = {
  profile: life.profile,
  work: life.work,
  education: life.education,
  project: life.project,
  volunteering: life.volunteering,
  award: life.award,
  publication: life.publication,
  language: life.language,
  interest: life.interest,
  reference: life.reference,
  credential,
  endorsement,
  'renewal-activity': renewalActivity,
  evidence,
  story,
  skill,
  'budget-line': budgetLine,
  funding,
  'expected-return': expectedReturn,
  'money-settings': moneySettings,
  sprint,
  'study-block': studyBlock,
  deadline,
  milestone,
  reflection,
  collection,
};

/** The word for a status of a kind, or nothing where it has none. */
export function statusWord(kind: Kind, status: string): string {
  return kinds[kind].statuses?.[status]?.() ?? '';
}

/** The word for a sort of a kind, or nothing where it has none. */
export function sortWord(kind: Kind, sort: string): string {
  return kinds[kind].sorts?.[sort]?.() ?? '';
}

export * from './faces';
export * from './spec';
