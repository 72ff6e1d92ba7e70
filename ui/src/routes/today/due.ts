/** What is due, in words, and how it is done with one click. */
import type { Component } from 'svelte';
import Award from '~icons/lucide/award';
import CalendarClock from '~icons/lucide/calendar-clock';
import Flag from '~icons/lucide/flag';
import Hourglass from '~icons/lucide/hourglass';
import RefreshCw from '~icons/lucide/refresh-cw';
import Target from '~icons/lucide/target';
import TicketCheck from '~icons/lucide/ticket-check';
import type { DueItem, Patch } from '$lib/api';
import { progressInWords } from '$lib/credential/words';
import { m } from '$lib/paraglide/messages';
import { dateInWords } from '$lib/words/dates';

const DAY = 86_400_000;

export const dueIcons: Record<DueItem['reason'], Component> = {
  block: Hourglass,
  deadline: CalendarClock,
  renewal: RefreshCw,
  expiry: Award,
  credits: TicketCheck,
  milestone: Flag,
  sprint: Target,
};

const dueWords: Record<DueItem['reason'], () => string> = {
  block: m.due_block,
  deadline: m.due_deadline,
  renewal: m.due_renewal,
  expiry: m.due_expiry,
  credits: m.due_credits,
  milestone: m.due_milestone,
  sprint: m.due_sprint,
};

export const dueReason = (item: DueItem) =>
  item.credits ? progressInWords(item.credits, item.credits.unit) : dueWords[item.reason]();

/** Days from one day to another, both as `2026-03-09`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** When something is due, from the day it is read on: `18:30`, `Tomorrow, 19:00`, `In 5 days`, `3 days ago`. */
export function dueWhen(item: Pick<DueItem, 'date' | 'time'>, day: string): string {
  const days = daysBetween(day, item.date);
  if (days === 0) return item.time ?? m.due_today();
  const when = dueDay(item, days);
  return days > 0 && item.time ? m.due_at({ day: when, time: item.time }) : when;
}

function dueDay(item: Pick<DueItem, 'date'>, days: number): string {
  if (days === 1) return m.due_tomorrow();
  if (days === -1) return m.due_yesterday();
  if (days < -31 || days > 31) return dateInWords(item.date);
  return days < 0 ? m.due_ago({ count: -days }) : m.due_in({ count: days });
}

export interface DueDone {
  label: () => string;
  /** What the toast says afterwards. */
  told: (inputs: { title: string }) => string;
  patch: Patch;
}

/** What is written when the learner says that it is done; nothing where more than a click is needed. */
export function dueDone(item: DueItem, day: string): DueDone | undefined {
  switch (item.reason) {
    case 'block':
      // What is still ahead cannot have been kept.
      if (daysBetween(day, item.date) > 0) return undefined;
      return { label: m.due_mark_kept, told: m.due_marked_kept, patch: { status: 'kept' } };
    case 'deadline':
      return { label: m.due_mark_done, told: m.due_marked_done, patch: { done: true } };
    case 'milestone':
      return { label: m.due_mark_reached, told: m.due_marked_reached, patch: { reached: day } };
    case 'sprint':
      return { label: m.due_mark_reached, told: m.due_marked_reached, patch: { status: 'reached' } };
    default:
      return undefined;
  }
}
