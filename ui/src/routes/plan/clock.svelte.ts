/** The time on the learner's own clock, to the minute, while the page is open. */
import { isoDay } from '$lib/words/dates';

/** How often to look, in milliseconds. */
const LOOK = 20_000;

function local(at: Date): string {
  return `${isoDay(at)}T${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}:00`;
}

export class Clock {
  /** As blocks keep it: `2026-03-09T18:30:00`. */
  now = $state(local(new Date()));

  constructor() {
    $effect(() => {
      const look = () => (this.now = local(new Date()));
      const timer = setInterval(look, LOOK);
      document.addEventListener('visibilitychange', look);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', look);
      };
    });
  }
}
