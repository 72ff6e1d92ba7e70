/** What the doctor finds, in words. The codes are `cairn-vault`'s `Ailment`. */
import { m } from '$lib/paraglide/messages';

export const findingWords: Record<string, () => string> = {
  integrity: m.finding_integrity,
  'foreign-key': m.finding_foreign_key,
  'search-index': m.finding_search_index,
  'file-missing': m.finding_file_missing,
  'file-damaged': m.finding_file_damaged,
  'file-unknown': m.finding_file_unknown,
  'backup-damaged': m.finding_backup_damaged,
};

export function findingInWords(code: string): string {
  return findingWords[code]?.() ?? code;
}
