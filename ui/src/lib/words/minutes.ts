/** Lengths of time as read. */
import { m } from '$lib/paraglide/messages';

/** `50 min`, `2 h`, `2 h 30 min`. */
export function minutesInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return m.time_minutes({ minutes: rest });
  return rest === 0 ? m.time_hours({ hours }) : m.time_hours_minutes({ hours, minutes: rest });
}
