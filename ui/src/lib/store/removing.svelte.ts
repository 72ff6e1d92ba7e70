/** Removing a record: what hangs on it is said first, by name; what hangs on nothing goes at once, with a way back. */
import * as api from '$lib/api';
import { attempt, tell } from './doing';

/** A record that is about to go, and what goes or loses its link with it. */
export interface Asked {
  kind: api.Kind;
  title: string;
  removed: readonly api.Hanging[];
  unlinked: readonly api.Hanging[];
  answer: (sure: boolean) => void;
}

class Removing {
  /** What the learner is being asked about. */
  asked = $state.raw<Asked>();
  /** Whether there was anything to ask yet: from then on the dialog stays, so that closing it gives the focus back. */
  begun = $state(false);

  ask(about: Omit<Asked, 'answer'>): Promise<boolean> {
    this.asked?.answer(false);
    this.begun = true;
    return new Promise(resolve => {
      this.asked = {
        ...about,
        answer: sure => {
          this.asked = undefined;
          resolve(sure);
        },
      };
    });
  }
}

export const removing = new Removing();

/** Removes a record; asks before, where others hang on it. Answers whether it is gone. */
export async function removeRecord(kind: api.Kind, id: string, title: string): Promise<boolean> {
  const change = await attempt(async () => {
    const hanging = await api.hanging(kind, id);
    const [removed, unlinked] = [
      hanging.filter(other => other.effect === 'removed'),
      hanging.filter(other => other.effect === 'unlinked'),
    ];
    if (hanging.length > 0 && !(await removing.ask({ kind, title, removed, unlinked }))) return undefined;
    const change = await api.remove(kind, id);
    tell(change);
    return change;
  });
  return change !== undefined;
}
