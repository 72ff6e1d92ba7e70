/** The currencies of ISO 4217 that this system knows by name. */

import { LOCALE } from './locale';

const names = new Intl.DisplayNames(LOCALE, { type: 'currency' });
const codes = Intl.supportedValuesOf('currency');

/** Every currency as `EUR — Euro`; `present` is listed even where the system does not know it. */
export function currencyOptions(present: string): { value: string; label: string }[] {
  const all = codes.includes(present) ? codes : [present, ...codes];
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
