/** What an import brought, in words. */
import type { ImportReport } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { isolated } from './foreign';

export function importInWords(report: ImportReport): string {
  const { added, updated, unchanged } = report;
  const file = isolated(report.file);
  const counts = `${m.imported_title({ file })}: ${m.imported_counts({ added, updated, unchanged })}`;
  return report.skipped.length > 0 ? `${counts} ${m.imported_skipped({ count: report.skipped.length })}` : counts;
}
