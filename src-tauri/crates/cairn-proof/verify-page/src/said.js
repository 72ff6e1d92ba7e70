// What a credential says, as far as the lines of a résumé can say it again: so that a line is told from what its issuer signed.
// As Cairn's said.rs has it, with the same words around dates and before skills.
import WORDS from './line-words.json';
import { isObject, list, texts } from './json.js';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** The words of a value: a text, a text with its language, or of several languages the English one, else the first. */
export function words(value) {
  if (typeof value === 'string') return value;
  if (isObject(value)) return typeof value['@value'] === 'string' ? value['@value'] : '';
  if (!Array.isArray(value)) return '';
  return words(value.find(one => /^en\b/i.test(one?.['@language'] ?? '')) ?? value[0]);
}

/** What a credential says: its names, the skills it names, everything else short, its numbers and its dates. */
export function said(credential) {
  const subjects = list(credential?.credentialSubject).filter(isObject);
  const achievements = subjects.flatMap(subject => list(subject.achievement)).filter(isObject);
  const results = subjects.flatMap(subject => list(subject.result)).filter(isObject);
  const aligned = [...achievements, ...results].flatMap(one => list(one.alignment)).filter(isObject);
  const { issuer } = credential ?? {};
  const dates = ['awardedDate', 'validFrom', 'issuanceDate', 'validUntil', 'expirationDate'].map(member => credential?.[member]);
  const activity = subjects.flatMap(({ activityStartDate, activityEndDate }) => [activityStartDate, activityEndDate]);
  const all = values => values.map(words).filter(Boolean);
  return {
    names: all([credential?.name, ...achievements.map(({ name }) => name)]),
    skills: [...all(aligned.map(({ targetName }) => targetName)), ...achievements.flatMap(({ tag }) => texts(list(tag)))],
    others: all([
      issuer?.name,
      issuer?.id ?? issuer,
      ...subjects.flatMap(({ name, role, term, endorsementComment }) => [name, role, term, endorsementComment]),
      ...achievements.flatMap(one => [one.achievementType, one.fieldOfStudy, one.specialization, one.creator?.name]),
      ...results.map(({ value }) => value),
    ]),
    numbers: all([credential?.id, ...subjects.map(({ licenseNumber }) => licenseNumber), ...achievements.flatMap(({ id, humanCode }) => [id, humanCode])]),
    dates: all([...dates, ...activity]).map(text => dateAt(text.split(/\D+/).filter(Boolean).slice(0, 3))?.date).filter(Boolean),
  };
}

/** A line, part by part: `signed`, the credential's words for what it begins with, and `own`, what the credential does not say. */
export function parts(it, line) {
  const [first, ...rest] = line.split(' · ').map(part => part.trim()).filter(Boolean);
  if (first === undefined) return { own: [] };
  const named = it.names.find(name => same(name, first));
  // A skill stands alone: a credential that is called like one of the skills in it would be another credential.
  const title = named ? { signed: named, own: [] } : rest.length === 0 ? skill(it, first) : { own: [first] };
  return { signed: title.signed, own: [...title.own, ...rest.filter(part => !says(it, part))] };
}

function skill(it, title) {
  const named = text => [...it.skills, ...it.names].find(name => same(name, text));
  const [, label, after] = /^(.*?): (.*)$/s.exec(title) ?? [];
  const bare = label !== undefined && WORDS.labels.some(known => same(known, label)) ? after : title;
  const whole = named(bare);
  if (whole) return { signed: whole, own: [] };
  const [, name, level] = /^(.*) \((.*)\)$/s.exec(bare) ?? [];
  const found = name === undefined ? undefined : named(name);
  return found ? { signed: found, own: says(it, level) ? [] : [level] } : { own: [title] };
}

function says(it, part) {
  const other = [...it.others, ...it.names, ...it.skills].some(one => same(one, part));
  const numbered = it.numbers.some(number => endsWith(part, number));
  const [, value] = /^.*?: (.*)$/s.exec(part) ?? [];
  return other || numbered || (value !== undefined && it.others.some(one => same(one, value))) || isDated(it, part);
}

/** Whether a part holds dates of the credential, and nothing else but the words that documents put around dates. */
function isDated({ dates }, part) {
  const all = split(part);
  const left = [];
  let found = 0;
  for (let at = 0; at < all.length; ) {
    const read = dateAt(all.slice(at));
    if (!read) {
      left.push(all[at]);
      at += 1;
      continue;
    }
    const [year, month] = read.date;
    if (!dates.some(([other, its]) => other === year && (month === undefined || its === undefined || its === month))) return false;
    found += 1;
    at += read.taken;
  }
  return found > 0 && (left.length === 0 || WORDS.dates.some(known => same(split(known).join(' '), left.join(' '))));
}

/** The date that some words begin with, and how many of them it is made of. */
function dateAt([first, second, third, fourth]) {
  const digits = (word, length, most) => (word?.length === length && /^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= most ? Number(word) : undefined);
  const year = digits(first, 4, 9999);
  if (year !== undefined) {
    const month = digits(second, 2, 12);
    const day = month !== undefined && digits(third, 2, 31) !== undefined && fourth?.length !== 4;
    return { date: [year, month], taken: 1 + (month === undefined ? 0 : 1) + (day ? 1 : 0) };
  }
  const named = MONTHS.findIndex(month => [month, month.slice(0, 3)].includes(first?.toLowerCase()));
  const month = digits(first, 2, 12) ?? (named < 0 ? undefined : named + 1);
  const after = digits(second, 4, 9999);
  return month === undefined || after === undefined ? undefined : { date: [after, month], taken: 2 };
}

function split(text) {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
}

function same(one, other) {
  return plain(one) === plain(other);
}

/** Whether a text ends with another, after a word of its own such as “ID”. */
function endsWith(text, end) {
  const [whole, last] = [plain(text), plain(end)];
  if (last === '' || !whole.endsWith(last)) return false;
  const label = whole.slice(0, whole.length - last.length);
  return label === '' || (label.endsWith(' ') && !label.trim().includes(' '));
}

function plain(text) {
  const seen = text.replace(/[\p{Cc}\ufffd\u061c\ufeff\u200b-\u200f\ufff9-\ufffb\u2028-\u202e\u2060-\u206f]/gu, ' ');
  return seen.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}
