/** What is due, what is unfinished, what has grown. */
import type { Today } from '$lib/bindings/Today';
import { call } from './call';

export type { DueItem } from '$lib/bindings/DueItem';
export type { GrownItem } from '$lib/bindings/GrownItem';
export type { UnfinishedItem } from '$lib/bindings/UnfinishedItem';
export type { Today };

/** The state of things on a day (`2026-03-09`) of the learner's. */
export const today = (day: string) => call<Today>('today', { day });
