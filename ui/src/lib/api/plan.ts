/** The week: blocks planned and kept, the sprints that run in it, and what falls on its days. */
import { call } from './call';
import type { Kind } from './kind';

export type BlockStatus = 'planned' | 'kept' | 'missed';
export type SprintStatus = 'planned' | 'reached' | 'missed';

export interface WeekBlock {
  id: string;
  title: string;
  /** The goal of its sprint, or else the title of its credential. */
  subtitle: string;
  /** `2026-11-23T18:30:00` on the learner's own clock, without a zone. */
  start: string;
  minutes: number;
  status: BlockStatus;
  sprint: string | null;
  credential: string | null;
}

export interface WeekSprint {
  id: string;
  goal: string;
  /** The title of the credential it works towards. */
  subtitle: string;
  credential: string | null;
  /** Its first and its last day. */
  start: string;
  end: string;
  status: SprintStatus;
  /** Minutes of its blocks over all its weeks, and of those that were kept. */
  planned_minutes: number;
  kept_minutes: number;
}

export interface WeekDate {
  reason: 'deadline' | 'milestone' | 'renewal' | 'credits' | 'expiry';
  kind: Kind;
  id: string;
  title: string;
  date: string;
  /** Done, reached or over. */
  done: boolean;
}

export interface Week {
  /** The first day. */
  from: string;
  /** The blocks that begin in it, by time. */
  blocks: WeekBlock[];
  sprints: WeekSprint[];
  deadlines: WeekDate[];
  milestones: WeekDate[];
  renewals: WeekDate[];
  planned_minutes: number;
  kept_minutes: number;
}

/** The seven days from `from` (`2026-11-23`) on. */
export const week = (from: string) => call<Week>('week', { from });
