/** What an import brought, told in a toast with Undo. */
import type { ImportReport } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { undo } from '$lib/store/doing';
import { toasts } from '$lib/store/toasts.svelte';

export function importInWords(report: ImportReport): string {
  const { file, added, updated, unchanged } = report;
  const counts = `${m.imported_title({ file })}: ${m.imported_counts({ added, updated, unchanged })}`;
  return report.skipped.length > 0 ? `${counts} ${m.imported_skipped({ count: report.skipped.length })}` : counts;
}

export function tellImports(reports: readonly ImportReport[]): void {
  for (const report of reports) {
    const action = report.change.history === null ? undefined : { label: m.action_undo(), run: () => void undo() };
    toasts.show(importInWords(report), { action, undoes: action !== undefined });
  }
}
