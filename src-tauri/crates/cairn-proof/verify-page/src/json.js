// JSON from strangers, read as Cairn's json.rs reads it: no member twice, no null, no number that loses digits, no endless depth.
import { parse } from 'lossless-json';
import { Refusal, shown } from './reason.js';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 64;

/** Bytes as strict UTF-8 text. */
export function utf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('unreadable', { fault: 'it is not text' });
  }
}

/** Reads one JSON value out of bytes. */
export function read(bytes) {
  if (bytes.length > MAX_BYTES) throw new Refusal('unreadable', { fault: 'it is larger than 16 MiB' });
  const text = utf8(bytes);
  if (depth(text) > MAX_DEPTH) throw new Refusal('unreadable', { fault: `it is nested deeper than ${MAX_DEPTH} levels` });
  let value;
  try {
    const onDuplicateKey = ({ key }) => {
      throw new Refusal('ambiguous', { fault: `the member ${shown(key)} stands twice` });
    };
    value = parse(text, null, { parseNumber, onDuplicateKey });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('unreadable', { fault: 'it is not JSON' });
  }
  refuseNulls(value);
  return value;
}

/** Small numbers as they are; a large one only where every reader takes it for the same. */
function parseNumber(text) {
  const number = Number(text);
  const exact = Math.abs(number) <= Number.MAX_SAFE_INTEGER || String(number) === text || (/[.eE]/.test(text) && Math.abs(number) < 2 ** 64);
  if (!Number.isFinite(number) || !exact) throw new Refusal('unreadable', { fault: `the number ${shown(text)} is too large to be read exactly` });
  return number;
}

function refuseNulls(value, name = 'the whole') {
  if (value === null) throw new Refusal('ambiguous', { fault: `the member ${shown(name)} is null` });
  if (typeof value !== 'object') return;
  for (const [member, inner] of Object.entries(value)) refuseNulls(inner, member);
}

/** How deep brackets nest, strings left out. */
function depth(text) {
  let deepest = 0;
  let open = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (quoted) {
      if (c === '\\') at += 1;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, (open += 1));
    else if (c === '}' || c === ']') open -= 1;
  }
  return deepest;
}

/** A text, or the texts of an array. */
export function texts(value) {
  return list(value).filter(item => typeof item === 'string');
}

/** An array of what may stand alone. */
export function list(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
