// The verdict on a file, and why: each reason decides its verdict, its sentence and the next step, as in Cairn's reason.rs.

/** From the best to the gravest. */
export const VERDICTS = ['valid', 'cannot-check', 'not-yet-valid', 'expired', 'revoked', 'invalid'];

const ASK_AGAIN = 'Ask the sender for the file again, and do not rely on this copy.';
const ASK_ISSUER = 'Do not rely on it; ask the issuer whether it is theirs.';
const CORRECT = 'Ask the issuer for a corrected credential, and tell them this reason.';
const OTHER_CHECKER = 'Check it with Cairn or with the issuer’s own page.';

/** Each reason: its verdict, its sentence, the next step. */
const REASONS = {
  holds: ['valid', ({ issuer }) => `The text is as ${issuer} signed it, and its dates hold.`, 'Make sure that the issuer is who you think they are.'],
  'holds-by-copy': [
    'valid',
    ({ issuer, id, seen }) =>
      `The text is as signed with a key of ${issuer}, by the copy of ${id}’s keys that came in this packet (dated ${day(seen)}), and its dates hold.`,
    'Whoever made the packet put that copy there. To be certain, compare it with what the issuer publishes.',
  ],
  'co-signed': ['valid', () => 'Somebody other than the issuer signed it as well, and that signature holds.', 'Make sure that you know who that is.'],
  mismatch: ['invalid', () => 'The text was changed after it was signed.', ASK_AGAIN],
  'undefined-term': [
    'invalid',
    ({ fault }) => `It uses a word that has no agreed meaning, which could have been added after signing: ${fault}.`,
    CORRECT,
  ],
  'context-changed': ['invalid', () => 'The list that gives its words their meaning is not the one that was signed.', ASK_AGAIN],
  'not-issuers-key': ['invalid', ({ issuer }) => `It names ${issuer} as its issuer and is signed with the key of another.`, ASK_ISSUER],
  'broken-key': ['invalid', ({ fault }) => `The key that signed it cannot be used: ${fault}.`, ASK_ISSUER],
  'key-not-listed': [
    'invalid',
    ({ issuer, seen }) => `${issuer} does not list the key among those it signs with, by the copy of ${day(seen)} in this packet.`,
    ASK_ISSUER,
  ],
  'key-withdrawn': ['invalid', ({ on }) => `The issuer had withdrawn the key on ${day(on)}, before the signature was made.`, ASK_ISSUER],
  'wrong-purpose': ['invalid', ({ purpose }) => `The signature was made for “${purpose}”, not to assert a claim.`, CORRECT],
  'broken-signature': ['invalid', () => 'The signature is missing or is not in the form that it must have.', CORRECT],
  'broken-date': ['invalid', ({ member }) => `Its date “${member}” is not a date with a time and a zone.`, CORRECT],
  ambiguous: ['invalid', ({ fault }) => `It can be read in more than one way: ${fault}.`, CORRECT],
  malformed: ['invalid', ({ fault }) => `It is not a well-formed credential: ${fault}.`, CORRECT],
  revoked: ['revoked', ({ issuer }) => `${issuer} took it back.`, 'Ask the issuer why, and for a new one if it was a mistake.'],
  suspended: ['revoked', ({ issuer }) => `${issuer} has suspended it.`, 'Ask the issuer why, and until when.'],
  expired: ['expired', ({ until }) => `It was valid until ${day(until)}.`, 'Ask the holder for a renewed one.'],
  'not-yet-valid': ['not-yet-valid', ({ from }) => `It becomes valid on ${day(from)}.`, 'Check again after that date.'],
  'no-proof': ['cannot-check', () => 'Nobody signed it.', 'Ask the issuer for the signed credential.'],
  unreadable: ['cannot-check', ({ fault }) => `It cannot be read: ${fault}.`, 'Ask the sender for the original file, byte for byte.'],
  'not-a-credential': ['cannot-check', ({ what }) => `This is ${what}, which this page does not check.`, OTHER_CHECKER],
  'unknown-context': [
    'cannot-check',
    ({ url }) => `It takes the meaning of its words from ${url}, which this page does not know.`,
    OTHER_CHECKER,
  ],
  'unsupported-suite': ['cannot-check', ({ suite }) => `It is signed with ${suite}, which this page does not check.`, OTHER_CHECKER],
  'unknown-key': [
    'cannot-check',
    ({ issuer }) => `It is signed with a key that only ${issuer} can say is theirs, and the packet has no copy of what they published.`,
    'Check it on the issuer’s own page.',
  ],
  'unknown-kind-of-key': ['cannot-check', ({ kind }) => `It is signed with a key of a kind that this page does not know (${kind}).`, OTHER_CHECKER],
  'unknown-status': [
    'cannot-check',
    () => 'The signature holds. Whether the issuer took it back cannot be told: the packet has no usable copy of their list.',
    'Ask the issuer whether it still stands.',
  ],
  'too-much-work': ['cannot-check', () => 'It is built so that checking it would take too long.', ASK_ISSUER],
  'browser-lacks': ['cannot-check', ({ what }) => `This browser cannot check ${what}.`, 'Use a current browser, or Cairn.'],
};

/** Thrown where a check ends; carries its reason. */
export class Refusal extends Error {
  constructor(code, params = {}) {
    super(code);
    this.reason = reason(code, params);
  }
}

/** The reason of a code: `{code, verdict, why, next}`. */
export function reason(code, params = {}) {
  const [verdict, why, next] = REASONS[code];
  return { code, verdict, why: why(params), next };
}

/** The gravest of some reasons; the first where several weigh the same. What rests on a packet's own copy weighs more than what does not. */
export function gravest(reasons) {
  const weight = ({ verdict, code }) => VERDICTS.indexOf(verdict) + (code === 'holds-by-copy' ? 0.5 : 0);
  return reasons.reduce((worst, other) => (weight(other) > weight(worst) ? other : worst));
}

/** Runs a check and gives its result, or the reason for which it was refused. */
export async function judged(check) {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** A date for people: its day, where it is one. */
export function day(text) {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? shown(text) : new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** Foreign text made safe to quote: no controls, no marks that turn the text around it, cut at 120 characters. */
export function shown(text) {
  const safe = String(text ?? '').replace(/[\p{Cc}\u061c\ufeff\u200b-\u200f\ufff9-\ufffb\u2028-\u202e\u2060-\u206f]/gu, '\ufffd');
  const letters = Array.from(safe.slice(0, 500));
  return letters.length > 120 ? `${letters.slice(0, 120).join('')}…` : letters.join('');
}
