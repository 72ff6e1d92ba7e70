/** The week in words. */
import type { BlockStatus, WeekBlock } from '$lib/api';
import { statusWord } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { nearDayInWords } from '$lib/words/dates';
import { minutesInWords } from '$lib/words/minutes';
import { clock, minuteOf } from './days';
import { isolated } from '$lib/words/foreign';
import { LOCALE } from '$lib/words/locale';

const utc = (moment: string) => new Date(`${moment.slice(0, 10)}T00:00:00Z`);

/** `11–17 May 2026`. */
export function weekInWords(from: string, to: string): string {
  const words = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  return words.formatRange(utc(from), utc(to));
}

/** `18:30 – 19:20`. */
export function spanInWords(start: string, minutes: number): string {
  const from = minuteOf(start);
  return `${clock(from)} – ${clock(from + minutes)}`;
}

/** What stands beside a block for the eye, said to those who hear it: `, 50 min, Tuesday 12 May, Kept, Finish domain two`. */
export function blockNotes(block: WeekBlock): string {
  const notes = [
    minutesInWords(block.minutes),
    nearDayInWords(block.start),
    statusWord('study-block', block.status),
    block.subtitle,
  ];
  return notes
    .filter(Boolean)
    .map(note => `, ${note}`)
    .join('');
}

/** The mark of a block as a button: what it says now, and of which block. */
export const markInWords = (block: WeekBlock, status: BlockStatus) =>
  m.plan_mark({ status: statusWord('study-block', status), title: isolated(block.title) });
