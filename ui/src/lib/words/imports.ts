/** What an import brought, in words. */
import type { ImportReport } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { isolated } from './foreign';

export function importInWords(report: ImportReport): string {
  const { added, updated, unchanged } = report;
  const file = isolated(report.file);
  if (report.material) return materialInWords(file, report.material);
  const broken = report.credentials.filter(({ verdict }) => verdict === 'invalid' || verdict === 'revoked').length;
  const foreign = report.credentials.filter(credential => credential.of_another).length;
  return [
    `${m.imported_title({ file })}: ${m.imported_counts({ added, updated, unchanged })}`,
    broken > 0 && m.imported_broken({ count: broken }),
    foreign > 0 && m.imported_of_another({ count: foreign }),
    report.skipped.length > 0 && m.imported_skipped({ count: report.skipped.length }),
  ]
    .filter(Boolean)
    .join(' ');
}

const kept: Record<string, (inputs: { file: string; url: string }) => string> = {
  'key-document': m.imported_keys,
  'status-list': m.imported_status,
};

/** What a key document or a status list is good for now. */
function materialInWords(file: string, { kind, url, judged }: NonNullable<ImportReport['material']>): string {
  const what = (kept[kind] ?? m.imported_badge_part)({ file, url: isolated(url) });
  return `${what} ${judged > 0 ? m.imported_judges({ count: judged }) : m.imported_judges_none()}`;
}

/** Where in a file something stands: of `/work/0/startDate` (RFC 6901) `work › 1 › startDate`. Other places are names already. */
export function placeInWords(path: string): string {
  if (!path.startsWith('/')) return path;
  const steps = path.slice(1).split('/');
  return steps
    .map(step => (/^\d+$/.test(step) ? String(Number(step) + 1) : step.replaceAll('~1', '/').replaceAll('~0', '~')))
    .join(' › ');
}
