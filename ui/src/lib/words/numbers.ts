/** Numbers and amounts as people type and read them. The vault keeps amounts as decimal text. */

import { LOCALE } from './locale';

/**
 * Reads `1234.5`, `1,234.50`, `1.234,50`, `1 234,50`, `.5` as decimal text; undefined where it is no number. A single
 * separator followed by exactly three digits groups thousands, unless a lone 0 stands before it: nobody means a tenth
 * of a cent.
 */
export function parseAmount(text: string): string | undefined {
  const plain = text.replace(/[\s'’_]/g, '').replace(/^(-?)(?=[.,])/, '$10');
  if (!/^-?\d[\d.,]*$/.test(plain) || /[.,]$/.test(plain)) return undefined;
  const marks = plain.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return plain;
  const at = plain.lastIndexOf(last);
  const fraction = plain.slice(at + 1);
  const others = marks.slice(0, -1);
  const groups = others.includes(last) || (others.length === 0 && fraction.length === 3 && !/^-?0/.test(plain));
  if (groups) {
    if (new Set(marks).size > 1 || !/^-?\d{1,3}([.,]\d{3})+$/.test(plain)) return undefined;
    return plain.replace(/[.,]/g, '');
  }
  if (others.length > 0 && !/^-?\d{1,3}([.,]\d{3})*$/.test(plain.slice(0, at))) return undefined;
  return `${plain.slice(0, at).replace(/[.,]/g, '')}.${fraction}`;
}

/** An amount without the name or sign of its own currency, as it is read here or elsewhere: `395 EUR`, `€395`. */
export function withoutCurrency(text: string, currency: string): string {
  const signs = (['code', 'symbol', 'narrowSymbol'] as const).map(display => signOf(currency, display));
  const plain = text.trim();
  for (const sign of signs) {
    if (sign === '') continue;
    if (plain.toUpperCase().startsWith(sign.toUpperCase())) return plain.slice(sign.length).trim();
    if (plain.toUpperCase().endsWith(sign.toUpperCase())) return plain.slice(0, -sign.length).trim();
  }
  return plain;
}

function signOf(currency: string, currencyDisplay: 'code' | 'symbol' | 'narrowSymbol'): string {
  try {
    const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, currencyDisplay });
    return format.formatToParts(0).find(part => part.type === 'currency')?.value ?? '';
  } catch {
    return '';
  }
}

/** Reads an exchange rate as decimal text: as an amount, but a single separator is always the decimal mark (`1.085`). */
export function parseRate(text: string): string | undefined {
  const single = /^(\d+)[.,](\d+)$/.exec(text.replace(/[\s'’_]/g, ''));
  return single ? `${single[1]}.${single[2]}` : parseAmount(text);
}

/** A number as an amount is read: `40`, `40,5`, `1,500`, `.5`. Undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  const decimal = parseAmount(text);
  return decimal === undefined ? undefined : Number(decimal);
}

/** A number as `parseNumber` reads it back: three decimals alone would be thousands. */
export function numberAsTyped(number: string): string {
  return /^-?[1-9]\d*\.\d{3}$/.test(number) ? `${number}0` : number;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, places: number): Intl.NumberFormat {
  const key = `${currency} ${places}`;
  let format = formats.get(key);
  if (!format) {
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    try {
      format = new Intl.NumberFormat(LOCALE, { ...digits, style: 'currency', currency, currencyDisplay: 'code' });
    } catch {
      format = new Intl.NumberFormat(LOCALE, digits);
    }
    formats.set(key, format);
  }
  return format;
}

/** `1,234.50`, with exactly the decimals the text has: Rust gives each currency its own. */
export function figure(amount: string, currency: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount;
  const places = amount.split('.')[1]?.length ?? 0;
  // As text, Intl reads every digit of it; as a number the last ones of a long amount would be lost.
  const parts = formatOf(currency, places).formatToParts(amount as `${number}`);
  return parts
    .filter(part => part.type !== 'currency' && part.type !== 'literal')
    .map(part => (part.type === 'minusSign' ? '−' : part.value))
    .join('');
}

/** The decimals a currency usually has. */
function placesOf(currency: string): number {
  try {
    return new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 0;
  }
}

/** An amount as it was typed, with its currency: `1,234.50 EUR`, `1,200 JPY`. Whole amounts stay whole. */
export function amountInWords(amount: string, currency: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const padded = Number(fraction) === 0 ? whole : `${whole}.${fraction.padEnd(placesOf(currency), '0')}`;
  return `${figure(padded, currency)} ${currency}`;
}

/** A count of bytes as read: `3.2 MB`. */
export function sizeInWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value.toLocaleString(LOCALE, { maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1 })} ${units[step]}`;
}

/** The change from one figure to another in per cent: `−75 %`, `+50 %`; undefined where nothing can be said. */
export function changeInWords(before: number | null, after: number | null): string | undefined {
  if (before === null || after === null || before === 0) return undefined;
  const percent = Math.round(((after - before) / Math.abs(before)) * 100);
  if (percent === 0) return '0 %';
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toLocaleString(LOCALE)} %`;
}
