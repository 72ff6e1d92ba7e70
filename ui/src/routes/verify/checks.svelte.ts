/** Files that were checked since the window opened, the last one first. Nothing of them is kept. */
import type { Report } from '$lib/api';

export interface Check {
  id: number;
  report: Report;
}

class Checks {
  all = $state.raw<Check[]>([]);
  #next = 1;

  add(reports: readonly Report[]): void {
    this.all = [...reports.map(report => ({ id: this.#next++, report })), ...this.all];
  }

  remove(id: number): void {
    this.all = this.all.filter(check => check.id !== id);
  }
}

export const checks = new Checks();
