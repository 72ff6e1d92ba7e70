// Multibase, multihash and the hashes themselves.
import { sha256 } from '@noble/hashes/sha2.js';
import { base58, base64urlnopad } from '@scure/base';

export { sha256 };
export { sha384 } from '@noble/hashes/sha2.js';

/** Decodes multibase in base58btc (`z`) or base64url (`u`); undefined for anything else. */
export function multibase(text) {
  try {
    if (text.startsWith('z') && text.length < 12_000) return base58.decode(text.slice(1));
    if (text.startsWith('u')) return base64urlnopad.decode(text.slice(1));
  } catch {
    // Not that alphabet.
  }
  return undefined;
}

/** Decodes base64url without padding; undefined for anything else. */
export function base64url(text) {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined;
  }
}

/** The 64 hexadecimal digits of the SHA-256 in a `digestMultibase`; undefined where it is another hash. */
export function digestHex(text) {
  const bytes = typeof text === 'string' ? multibase(text) : undefined;
  return bytes?.length === 34 && bytes[0] === 0x12 && bytes[1] === 0x20 ? hex(bytes.subarray(2)) : undefined;
}

export const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
