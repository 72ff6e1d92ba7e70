/** What an import brought, in words. */
import type { ImportReport } from '$lib/api';
import { m } from '$lib/paraglide/messages';

export function importInWords(report: ImportReport): string {
  const { file, added, updated, unchanged } = report;
  const counts = `${m.imported_title({ file })}: ${m.imported_counts({ added, updated, unchanged })}`;
  return report.skipped.length > 0 ? `${counts} ${m.imported_skipped({ count: report.skipped.length })}` : counts;
}
