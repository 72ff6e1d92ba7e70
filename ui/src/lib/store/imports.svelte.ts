/** What the last import left out: told in a dialog, since a toast is too small for reasons. */
import { importPick, type ImportReport } from '$lib/api';
import { importInWords } from '$lib/words/imports';
import { attempt, doneOf, tellUndo } from './doing';
import { toasts } from './toasts.svelte';

class Imports {
  /** Reports with something left out; empty once they were read. */
  incomplete = $state.raw<ImportReport[]>([]);

  /** Lets the learner choose files and takes them in. */
  async pick(): Promise<void> {
    this.tell(doneOf(await attempt(importPick)));
  }

  tell(reports: readonly ImportReport[]): void {
    for (const report of reports) {
      if (report.change.history === null) toasts.show(importInWords(report));
      else tellUndo(report.change, importInWords(report));
    }
    this.incomplete = reports.filter(report => report.skipped.length > 0);
  }
}

export const imports = new Imports();
