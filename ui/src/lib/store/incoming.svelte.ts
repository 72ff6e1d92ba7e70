/** Files on their way into evidence: dropped, pasted or chosen. */
import { add, attachAll, attachPick, send } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { attempt, doneOf, tell, tellUndo, tellWrong } from './doing';

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

  /** Sends files one after the other, so that one that fails does not stop the rest, and attaches those that came in one step. */
  async take(evidence: string, files: readonly File[]): Promise<void> {
    const sent: number[] = [];
    for (const file of files) {
      this.all.push({ evidence, name: file.name, share: 0 });
      // Through the list, so that what is written is seen.
      const row = this.all.at(-1);
      try {
        sent.push(await send(evidence, file, share => row && (row.share = share)));
      } catch (thrown) {
        tellWrong(thrown);
      }
      this.all = this.all.filter(other => other !== row);
    }
    await this.#attach(evidence, sent);
  }

  async #attach(evidence: string, sent: number[]): Promise<void> {
    if (sent.length === 0) return;
    const change = await attempt(() => attachAll(evidence, sent));
    if (!change) return;
    if (sent.length === 1) tell(change);
    else tellUndo(change, m.toast_attached_all({ count: sent.length }));
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
    await this.#attach(evidence, doneOf(await attempt(() => attachPick(evidence))));
  }
}

export const incoming = new Incoming();
