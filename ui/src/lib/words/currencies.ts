/** The currencies of ISO 4217 that this system knows by name. */

import { LOCALE } from './locale';

const names = new Intl.DisplayNames(LOCALE, { type: 'currency' });
const codes = Intl.supportedValuesOf('currency');

/** What is traded most comes first (Bank for International Settlements, Triennial Central Bank Survey 2022, turnover). */
const FIRST = 'USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN'.split(' ');

/**
 * Every currency as `EUR – Euro`: the `present` one, also where the system does not know it, what is traded most, then
 * the others by their codes.
 */
export function currencyOptions(present: string): { value: string; label: string }[] {
  const all = [...new Set([present, ...FIRST.filter(code => codes.includes(code)), ...codes])];
  return all.map(value => ({ value, label: nameOf(value) }));
}

function nameOf(code: string): string {
  try {
    const name = names.of(code);
    return name && name !== code ? `${code} – ${name}` : code;
  } catch {
    return code;
  }
}
