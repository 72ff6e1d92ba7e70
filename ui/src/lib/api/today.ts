/** What is due, what is unfinished, what has grown. */
import { call } from './call';
import type { Kind } from './kind';
import type { Fields } from './types';

export interface DueItem {
  reason: 'block' | 'deadline' | 'renewal' | 'expiry' | 'credits' | 'milestone' | 'sprint';
  kind: Kind;
  id: string;
  title: string;
  subtitle: string;
  date: string;
  /** `18:30` on the learner's own clock. */
  time: string | null;
  overdue: boolean;
  /** How far the continuing-education credits have come, where they are what is due. */
  credits: { earned: number; required: number; unit: string } | null;
}

export interface UnfinishedItem {
  reason:
    | 'broken-credential'
    | 'credential-without-reflection'
    | 'milestone-without-reflection'
    | 'claim-without-evidence'
    | 'story-without-metric'
    | 'evidence-without-file'
    | 'skill-without-backing';
  kind: Kind;
  id: string;
  title: string;
  /** The kind of the record that mends it; null where the record itself is to be edited. */
  fix_kind: Kind | null;
  fix_fields: Fields | null;
  /** How many records there are with the same reason, this one included. */
  count: number;
}

export interface GrownItem {
  what: 'credentials' | 'evidence' | 'stories' | 'blocks-kept' | 'minutes-kept' | 'milestones' | 'reflections';
  count: number;
  period: 'week' | 'month' | 'quarter';
}

export interface Today {
  due: DueItem[];
  /** How many overdue things are left out of `due`. */
  overdue_hidden: number;
  unfinished: UnfinishedItem[];
  grown: GrownItem[];
  empty: boolean;
}

/** The state of things on a day (`2026-03-09`) of the learner's. */
export const today = (day: string) => call<Today>('today', { day });
