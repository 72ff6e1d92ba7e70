/** The learner's day, which goes on while the window is open. */
import { isoDay } from '$lib/words/dates';

/** How often to look at the clock, in milliseconds. */
const LOOK = 30_000;

export class Day {
  current = $state(isoDay(new Date()));

  constructor() {
    $effect(() => {
      const look = () => (this.current = isoDay(new Date()));
      const timer = setInterval(look, LOOK);
      document.addEventListener('visibilitychange', look);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', look);
      };
    });
  }
}
