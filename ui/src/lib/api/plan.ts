/** The week: blocks planned and kept, the sprints that run in it, and what falls on its days. */
import type { Week } from '$lib/bindings/Week';
import { call } from './call';

export type { BlockStatus } from '$lib/bindings/BlockStatus';
export type { SprintStatus } from '$lib/bindings/SprintStatus';
export type { WeekBlock } from '$lib/bindings/WeekBlock';
export type { WeekDate } from '$lib/bindings/WeekDate';
export type { WeekSprint } from '$lib/bindings/WeekSprint';
export type { Week };

/** The seven days from `from` (`2026-11-23`) on. */
export const week = (from: string) => call<Week>('week', { from });
