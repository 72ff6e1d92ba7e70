/** What the last import left out: told in a dialog, since a toast is too small for reasons. */
import type { ImportReport } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { importInWords } from '$lib/words/imports';
import { undo } from './doing';
import { toasts } from './toasts.svelte';

class Imports {
  /** Reports with something left out; empty once they were read. */
  incomplete = $state.raw<ImportReport[]>([]);

  tell(reports: readonly ImportReport[]): void {
    for (const report of reports) {
      const changed = report.change.history !== null;
      const action = changed ? { label: m.action_undo(), run: () => void undo() } : undefined;
      toasts.show(importInWords(report), { action, undoes: changed });
    }
    this.incomplete = reports.filter(report => report.skipped.length > 0);
  }
}

export const imports = new Imports();
