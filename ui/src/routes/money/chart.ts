/** What the charts draw. Sizes on the screen are floats; the amounts beside them stay text. */
import type { CategoryMoney, MonthMoney } from '$lib/api';

export type CostSort = 'price' | 'opportunity';

/** Categories that are income forgone or care bought, as `CostCategory::is_opportunity` in cairn-domain says. */
const OPPORTUNITY = new Set(['childcare', 'overtime', 'freelance']);

export const costSort = (category: string): CostSort => (OPPORTUNITY.has(category) ? 'opportunity' : 'price');

interface Pair {
  planned: string;
  actual: string;
}

/** The larger of the two amounts of a bar. */
export const reach = (pair: Pair) => Math.max(Number(pair.planned), Number(pair.actual), 0);

/** The length of an amount among bars of which the longest shows `most`, from 0 to 1. */
export function share(amount: string, most: number): number {
  return most > 0 ? Math.min(1, Math.max(0, Number(amount) / most)) : 0;
}

/** Categories of one sort, the largest first. */
export function categoriesOf(rows: readonly CategoryMoney[], sort: CostSort): CategoryMoney[] {
  return rows.filter(row => costSort(row.category) === sort).toSorted((one, other) => reach(other) - reach(one));
}

export const isOver = (pair: Pair) => Number(pair.planned) > 0 && Number(pair.actual) > Number(pair.planned);

/** Longer spans leave their empty months out: a column must stay wide enough to see. */
const MOST_MONTHS = 48;

/** The months in order with the empty ones between them; first what has only a year, last what has no date. */
export function monthsOf(rows: readonly MonthMoney[]): MonthMoney[] {
  const dated = rows.filter(row => row.month?.length === 7).toSorted(byMonth);
  const years = rows.filter(row => row.month?.length === 4);
  const undated = rows.filter(row => row.month === null);
  const [first, last] = [dated[0]?.month, dated.at(-1)?.month];
  if (!first || !last) return [...years, ...undated];
  const span = number(last) - number(first) + 1;
  if (span > MOST_MONTHS) return [...years, ...dated, ...undated];
  // Written as Rust writes amounts of this currency.
  const places = dated[0]?.planned.split('.')[1]?.length ?? 0;
  const zero = (0).toFixed(places);
  const all = Array.from({ length: span }, (_, index) => named(number(first) + index));
  const filled = all.map(month => dated.find(row => row.month === month) ?? { month, planned: zero, actual: zero });
  return [...years, ...filled, ...undated];
}

const byMonth = (one: MonthMoney, other: MonthMoney) => (one.month ?? '').localeCompare(other.month ?? '');

/** Months since the year 0. */
function number(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function named(count: number): string {
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** Round values for the lines of a chart, from 0 to at least `most`: 2 to 5 steps of 1, 2 or 5 times a power of ten. */
export function ticks(most: number): number[] {
  if (most <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map(times => times * power).find(step => step * 4 >= most) ?? 10 * power;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}
