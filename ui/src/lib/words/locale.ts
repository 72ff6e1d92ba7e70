/** The language of the window's words, and what depends on it. */

/** How numbers, dates and lists are written. The catalogue has one language so far. */
export const LOCALE = 'en-GB';

/** A label or a name from the catalogue inside a sentence: `evidence`, but `CE activity`. */
export function inSentence(label: string): string {
  const [first = ''] = label.split(' ', 1);
  // A second capital makes an abbreviation or a name, which keeps its letters.
  return /^.+\p{Lu}/u.test(first) ? label : label.slice(0, 1).toLocaleLowerCase(LOCALE) + label.slice(1);
}
