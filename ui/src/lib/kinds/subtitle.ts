/** What a list says below a record's name. */
import type { ListItem } from '$lib/api';
import { amountInWords } from '$lib/words/numbers';

const MONEY = new Set<ListItem['kind']>(['budget-line', 'funding', 'expected-return']);

/** The subtitle as it is read: amounts (`1234.50 EUR` in the vault) with the separators that their fields have. */
export function subtitleInWords({ kind, subtitle }: Pick<ListItem, 'kind' | 'subtitle'>): string {
  const [, amount, currency] = (MONEY.has(kind) && /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(subtitle)) || [];
  return amount !== undefined && currency !== undefined ? amountInWords(amount, currency) : subtitle;
}
