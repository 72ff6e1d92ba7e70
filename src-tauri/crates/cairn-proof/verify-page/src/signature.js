// Does this key's signature stand over these bytes? By the browser's own cryptography, or by noble where the browser lacks it.
//
// A public key here is `{kind: 'Ed25519' | 'P-256' | 'P-384' | 'RSA', jwk}`, for the curves with `point`, the encoded point.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { base64urlnopad } from '@scure/base';
import { base64url, concat, multibase } from './encoding.js';
import { Refusal, shown } from './reason.js';

const subtle = globalThis.crypto?.subtle;
const ECDSA = { 'P-256': [p256, 'SHA-256'], 'P-384': [p384, 'SHA-384'] };

/** A key from its Multikey text (`z6Mk…`). */
export function fromMultikey(text) {
  const bytes = typeof text === 'string' && text.startsWith('z') ? multibase(text) : undefined;
  const code = bytes && `${bytes[0]},${bytes[1]}`;
  const kind = { '237,1': 'Ed25519', '128,36': 'P-256', '129,36': 'P-384' }[code];
  if (!bytes) throw new Refusal('broken-key', { fault: 'it is not in the form that keys have' });
  if (!kind) throw new Refusal('unknown-kind-of-key', { kind: shown(text.slice(0, 4)) });
  return fromPoint(kind, bytes.subarray(2));
}

/** A public key from a JWK; private ones and other kinds are refused. */
export function fromJwk(jwk) {
  const { kty, crv } = jwk ?? {};
  if (kty === 'RSA') return { kind: 'RSA', jwk: { kty, n: jwk.n, e: jwk.e } };
  const [x, y] = [jwk?.x, jwk?.y].map(part => (typeof part === 'string' ? base64url(part) : undefined));
  if (kty === 'OKP' && crv === 'Ed25519' && x) return fromPoint('Ed25519', x);
  if (kty === 'EC' && ECDSA[crv] && x && y) return fromPoint(crv, concat(Uint8Array.of(4), x, y));
  throw new Refusal('unknown-kind-of-key', { kind: shown(crv ?? kty ?? 'none') });
}

function fromPoint(kind, encoded) {
  try {
    if (kind === 'Ed25519') {
      const point = ed25519.Point.fromBytes(encoded);
      if (point.isSmallOrder()) throw new Error('weak');
      return { kind, point: encoded, jwk: { kty: 'OKP', crv: kind, x: base64urlnopad.encode(encoded) } };
    }
    const [curve] = ECDSA[kind];
    const whole = curve.Point.fromBytes(encoded).toBytes(false);
    const half = (whole.length - 1) / 2;
    const [x, y] = [whole.slice(1, 1 + half), whole.slice(1 + half)].map(part => base64urlnopad.encode(part));
    return { kind, point: whole, jwk: { kty: 'EC', crv: kind, x, y } };
  } catch {
    throw new Refusal('broken-key', { fault: 'it is not a usable point on its curve' });
  }
}

/** Whether `signature` is the key's over `message`. ECDSA signatures are r and s side by side, with the hash of the curve. */
export async function verifies(key, message, signature) {
  if (key.kind === 'Ed25519') return ed25519Verifies(key, message, signature);
  if (ECDSA[key.kind]) {
    const [curve, hash] = ECDSA[key.kind];
    if (subtle) return byBrowser(key, { name: 'ECDSA', namedCurve: key.kind, hash }, message, signature);
    return curve.verify(signature, message, key.point, { lowS: false, prehash: true });
  }
  if (!subtle) throw new Refusal('browser-lacks', { what: 'signatures of this kind (RSA)' });
  return byBrowser(key, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, message, signature);
}

async function ed25519Verifies(key, message, signature) {
  if (signature.length !== 64) return false;
  try {
    if (subtle) return await byBrowser(key, { name: 'Ed25519' }, message, signature);
  } catch {
    // A browser without Ed25519: the point itself was checked when the key was read.
  }
  return ed25519.verify(signature, message, key.point, { zip215: false });
}

async function byBrowser(key, algorithm, message, signature) {
  const imported = await subtle.importKey('jwk', key.jwk, algorithm, false, ['verify']);
  return subtle.verify(algorithm, imported, signature, message);
}
