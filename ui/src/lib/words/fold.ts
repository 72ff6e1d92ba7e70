/** Text without case and accents, for finding: `Résumé` is found by `resume`. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
