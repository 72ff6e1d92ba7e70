/** The learner's own clock, which goes on while the window is open. */
import { isoDay } from '$lib/words/dates';

/** How often to look at it, in milliseconds. */
const LOOK = 20_000;

export class Clock {
  /** The minute it is, as study blocks keep it: `2026-03-09T18:30:00`. */
  now = $state(local(new Date()));
  /** The day it is: `2026-03-09`. */
  day = $derived(this.now.slice(0, 10));

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

function local(at: Date): string {
  return `${isoDay(at)}T${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}:00`;
}
