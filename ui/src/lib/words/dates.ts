/** Dates as people type and read them. The vault keeps `2024`, `2024-03` or `2024-03-09`. */

import { m } from '$lib/paraglide/messages';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How much of a date must be there. */
export type Need = 'any' | 'day';

/**
 * Reads `2024`, `2024-3`, `3/2024`, `Mar 2024`, `9 March 2024`, `March 9, 2024`, `today`; answers in the vault's form,
 * or undefined where the text is no date. `9/3/2024` is refused: which is the month depends on the reader.
 */
export function parseDate(text: string, need: Need = 'any', today: Date = new Date()): string | undefined {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (plain === 'today') return isoDay(today);
  const parts = numbers(plain) ?? words(plain);
  if (!parts) return undefined;
  const [year, month, day] = parts;
  if (year < 1900 || year > 2200) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysIn(year, month ?? 1))) return undefined;
  if (need === 'day' && day === undefined) return undefined;
  return [String(year), month, day]
    .filter(part => part !== undefined)
    .map(part => String(part).padStart(2, '0'))
    .join('-');
}

type Parts = [year: number, month?: number, day?: number];

function numbers(text: string): Parts | undefined {
  const whole = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/.exec(text);
  if (whole) return [Number(whole[1]), optional(whole[2]), optional(whole[3])];
  const monthFirst = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  return monthFirst ? [Number(monthFirst[2]), Number(monthFirst[1])] : undefined;
}

function words(text: string): Parts | undefined {
  const found = /^(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}),?)? (\d{4})$/.exec(text);
  if (!found) return undefined;
  const month = MONTHS.findIndex(name => found[2]?.startsWith(name)) + 1;
  if (month === 0 || (found[1] && found[3])) return undefined;
  return [Number(found[4]), month, optional(found[1] ?? found[3])];
}

function optional(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `2024-03-09` and a time such as `18:00` or `6pm`, as `2024-03-09T18:00:00`. */
export function parseDateTime(text: string): string | undefined {
  const found = /^(.+?)[ t,]+(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})? ?(am|pm)?$/i.exec(text.trim());
  if (!found || (found[3] === undefined && found[4] === undefined)) return undefined;
  const day = parseDate(found[1] ?? '', 'day');
  let hour = Number(found[2]);
  const minute = Number(found[3] ?? 0);
  if (found[4]) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (found[4].toLowerCase() === 'pm' ? 12 : 0);
  }
  if (!day || hour > 23 || minute > 59) return undefined;
  return `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

/** A day in the learner's own time zone as `2024-03-09`. */
export function isoDay(day: Date): string {
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

/**
 * How names are cut. They are in the catalogue: `Intl` has them too, but the first date it writes takes as long as a tenth
 * of the window's first page, and its British September is longer than the other months.
 */
type Form = 'short' | 'long';

const months = { short: m.month_names_short, long: m.month_names };
const weekdays = { short: m.weekday_names_short, long: m.weekday_names };

/** `Wed`, `Wednesday`: the weekday of a day or of a floating date and time. */
export function weekdayInWords(day: string, form: Form = 'short'): string {
  const weekday = new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return weekdays[form]().split(' ')[weekday] ?? '';
}

/** A date as read: `2024`, `Mar 2024`, `9 Mar 2024`. */
export function dateInWords(date: string, form: Form = 'short', parts: 'whole' | 'no year' = 'whole'): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number);
  const name = month === undefined ? undefined : months[form]().split(' ')[month - 1];
  if (name === undefined) return date;
  return [day, name, parts === 'whole' && year].filter(Boolean).join(' ');
}

/** A day about now, as read: `Wednesday 13 May`. */
export function nearDayInWords(day: string): string {
  return `${weekdayInWords(day, 'long')} ${dateInWords(day, 'long', 'no year')}`;
}

/** A floating date and time as read: `Mon 9 Mar 2026, 18:00`. */
export function dateTimeInWords(moment: string): string {
  const [date = '', time = ''] = moment.split('T');
  return `${weekdayInWords(date)} ${dateInWords(date)}, ${time.slice(0, 5)}`;
}

/** A moment on the clock (RFC 3339) as read here: `today 14:05`, else the day. */
export function momentInWords(moment: string, now: Date = new Date()): string {
  // A day without a time is the same day everywhere.
  if (/^\d{4}(-\d{2}){0,2}$/.test(moment)) return dateInWords(moment);
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return isoDay(at) === isoDay(now) ? timeInWords(moment) : `${dateInWords(isoDay(at))}, ${timeInWords(moment)}`;
}

/**
 * A date that somebody signed, as it is written: the day never moves with the reader's time zone, and what is written of
 * the time and its zone follows. `9 March 2026`, `9 March 2026, 23:30 UTC−05:00`.
 */
export function signedDateInWords(text: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$/.exec(
    text.trim(),
  );
  if (!found) return text;
  const [, day = '', time, zone] = found;
  const written = dateInWords(day, 'long');
  if (time === undefined) return written;
  if (zone === undefined) return `${written}, ${time}`;
  return `${written}, ${time} UTC${/^z$/i.test(zone) ? '' : zone.replace('-', '−')}`;
}

/** A day as read from today: `Today`, `Yesterday`, else the date with its weekday. */
export function dayInWords(day: string, now: Date = new Date()): string {
  if (day === isoDay(now)) return m.day_today();
  if (day === isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return m.day_yesterday();
  return `${weekdayInWords(day, 'long')}, ${dateInWords(day, 'long')}`;
}

/** The time of a moment (RFC 3339) in the learner's own time zone: `14:05`. */
export function timeInWords(moment: string): string {
  const at = new Date(moment);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
