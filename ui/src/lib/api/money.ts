/** What learning costs, who pays, and what it should return. Every amount is exact decimal text with its decimals. */
import { call } from './call';

export interface MoneyTotals {
  /** Costs without opportunity costs. */
  planned: string;
  actual: string;
  /** Income forgone and care bought. */
  opportunity_planned: string;
  opportunity_actual: string;
  funding_planned: string;
  funding_actual: string;
  /** Set aside for surprises. */
  contingency: string;
  net_planned: string;
  net_actual: string;
  /** What it will have come to: amounts as they were where that is known, else as planned with their contingency. */
  net_expected: string;
}

export interface CategoryMoney {
  category: string;
  planned: string;
  actual: string;
}

export interface MonthMoney {
  /** `2026-03`, `2026` where no more is known, null for costs without a date. */
  month: string | null;
  planned: string;
  actual: string;
}

export interface ReturnView {
  monthly_gain_expected: string;
  /** Null where the gains end before they cover the cost. */
  payback_months: number | null;
  net_present_value: string;
  total_expected: string;
}

export interface CredentialMoney {
  /** Null for what belongs to no credential. */
  id: string | null;
  title: string;
  totals: MoneyTotals;
  /** Where there are any, its sums are not whole, and nothing is concluded from them. */
  missing_rates: string[];
  returns: ReturnView | null;
  cost_per_competency: string | null;
}

export interface CurrencyMoney {
  currency: string;
  /** In that currency. */
  totals: MoneyTotals;
}

/** Everything but `by_currency` is in the home currency. */
export interface MoneyOverview {
  home_currency: string;
  /** Currencies in use without a rate: what is counted in them is in no total but its own. */
  missing_rates: string[];
  totals: MoneyTotals;
  by_currency: CurrencyMoney[];
  by_category: CategoryMoney[];
  by_credential: CredentialMoney[];
  by_month: MonthMoney[];
}

export const money = () => call<MoneyOverview>('money');
