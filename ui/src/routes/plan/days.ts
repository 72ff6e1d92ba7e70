/** Days and times as text, on the learner's own clock: `2026-03-09`, `2026-03-09T18:30:00`. No zone, no change of clocks. */

const DAY = 86_400_000;
export const DAY_MINUTES = 24 * 60;

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: string, count: number): string {
  return new Date(utc(day) + count * DAY).toISOString().slice(0, 10);
}

/** The Monday of the week a day is in. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));
}

/** The seven days from `from` on. */
export function weekFrom(from: string): string[] {
  return Array.from({ length: 7 }, (_, index) => addDays(from, index));
}

/** The Monday an address asks for, where it asks for a day at all. */
export function askedWeek(asked: string | null, today: string): string {
  const valid = asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(utc(asked));
  return mondayOf(valid ? asked : today);
}

/** Whether a time has come; `now` is one, too. */
export const hasBegun = (start: string, now: string) => start.slice(0, 16) < now.slice(0, 16);

export const dayOf = (start: string) => start.slice(0, 10);

/** Which day of the week from `from` a time falls on: 0 to 6 within it. */
export function dayIndex(start: string, from: string): number {
  return Math.round((utc(dayOf(start)) - utc(from)) / DAY);
}

/** Minutes since midnight. */
export function minuteOf(start: string): number {
  return Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
}

/** The time so many minutes after a day's midnight, which may lie on another day. */
export function startAt(day: string, minute: number): string {
  const days = Math.floor(minute / DAY_MINUTES);
  return `${addDays(day, days)}T${clock(minute - days * DAY_MINUTES)}:00`;
}

/** A time so many minutes later. */
export function later(start: string, minutes: number): string {
  return startAt(dayOf(start), minuteOf(start) + minutes);
}

/** `18:30`. Midnight at the end of a day is `00:00`. */
export function clock(minute: number): string {
  const within = ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}
