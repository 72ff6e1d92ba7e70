/** Files that were checked since the window opened, the last one first. Nothing of them is kept. */
import { packetClose, type Looked } from '$lib/api';

export interface Check extends Looked {
  id: number;
}

class Checks {
  all = $state.raw<Check[]>([]);
  #next = 1;

  add(looked: readonly Looked[]): void {
    this.all = [...looked.map(one => ({ id: this.#next++, ...one })), ...this.all];
  }

  /** Forgets a verdict, and lets go of the packet it is about. */
  remove(id: number): void {
    const gone = this.all.find(check => check.id === id);
    this.all = this.all.filter(check => check.id !== id);
    if (typeof gone?.packet === 'number') void packetClose(gone.packet).catch(() => undefined);
  }
}

export const checks = new Checks();
