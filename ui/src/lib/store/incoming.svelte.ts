/** Files on their way into evidence: dropped, pasted or chosen. */
import { add, attach, attachPick, type Change } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { attempt, doneOf, tell, tellWrong } from './doing';
import { toasts } from './toasts.svelte';

export interface Arriving {
  evidence: string;
  name: string;
  /** The share done, 0 to 1. */
  share: number;
}

class Incoming {
  all = $state<Arriving[]>([]);
  /** Whether files hover over the page of evidence. */
  over = $state(false);

  /** Attaches files one after the other, so that one that fails does not stop the rest. */
  async take(evidence: string, files: readonly File[]): Promise<void> {
    const attached: Change[] = [];
    for (const file of files) {
      this.all.push({ evidence, name: file.name, share: 0 });
      // Through the list, so that what is written is seen.
      const row = this.all.at(-1);
      try {
        attached.push(await attach(evidence, file, share => row && (row.share = share)));
      } catch (thrown) {
        tellWrong(thrown);
      }
      this.all = this.all.filter(other => other !== row);
    }
    this.#tell(attached);
  }

  /** One is told with its Undo; each of several is a step of its own, which History has. */
  #tell(attached: readonly Change[]): void {
    const [one, ...others] = attached;
    if (one && others.length === 0) tell(one);
    else if (one) toasts.show(m.toast_attached_all({ count: attached.length }));
  }

  /** Makes evidence named after the first file and attaches them all. Answers its key. */
  async begin(files: readonly File[]): Promise<string | undefined> {
    const title = (files[0]?.name ?? '')
      .replace(/\.[^.]+$/, '')
      .replaceAll(/[_-]+/g, ' ')
      .trim();
    const change = await attempt(() => add('evidence', { title: title || (files[0]?.name ?? '') }));
    if (!change?.id) return undefined;
    void this.take(change.id, files);
    return change.id;
  }

  /** Lets the learner choose files. */
  async pick(evidence: string): Promise<void> {
    this.#tell(doneOf(await attempt(() => attachPick(evidence))));
  }
}

export const incoming = new Incoming();
