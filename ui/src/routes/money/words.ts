/** Amounts in words. They come and stay as decimal text: no amount is ever added, rounded or kept as a float here. */
import type { CostSort } from './chart';
import { kinds } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { dateInWords } from '$lib/words/dates';
import { figure } from '$lib/words/numbers';

export { figure };

/** `1,234.50 EUR`. */
export const money = (amount: string, currency: string) => `${figure(amount, currency)} ${currency}`;

/** Whether an amount is nothing at all. */
export const isNothing = (amount: string) => /^-?0*(\.0*)?$/.test(amount);

/** What takes away from a cost: `−410.00`, and plain `0.00`. */
export function taken(amount: string, currency: string): string {
  if (isNothing(amount)) return figure(amount, currency);
  return figure(amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency);
}

/** `Mar 2026`; `2026`; `No date`. */
export function monthInWords(month: string | null): string {
  if (month === null) return m.money_no_date();
  return month.includes('-') ? dateInWords(month) : m.money_year_only({ year: month });
}

export const categoryInWords = (category: string) => kinds['budget-line'].sorts?.[category]?.() ?? category;

export const costSortWords: Record<CostSort, () => string> = {
  price: m.money_prices,
  opportunity: m.money_opportunity,
};

/** When a cost has come back: `14 months`, `Never`. */
export function paybackInWords(months: number | null): string {
  if (months === null) return m.money_payback_never();
  return months === 0 ? m.money_payback_none() : m.money_payback_months({ count: months });
}
