/** What learning costs, who pays, and what it should return. Every amount is exact decimal text with its decimals. */
import type { MoneyOverview } from '$lib/bindings/MoneyOverview';
import { call } from './call';

export type { CategoryMoney } from '$lib/bindings/CategoryMoney';
export type { CredentialMoney } from '$lib/bindings/CredentialMoney';
export type { CurrencyMoney } from '$lib/bindings/CurrencyMoney';
export type { MoneyTotals } from '$lib/bindings/MoneyTotals';
export type { MonthMoney } from '$lib/bindings/MonthMoney';
export type { ReturnView } from '$lib/bindings/ReturnView';
export type { MoneyOverview };

export const money = () => call<MoneyOverview>('money');
