// A credential as JWT (VC-JOSE-COSE, and the `vc` claim of VC Data Model 1.1 §6.3.1).
import { base64url } from './encoding.js';
import { isObject, read } from './json.js';
import { resolve } from './keys.js';
import { Refusal, reason, shown } from './reason.js';
import { verifies } from './signature.js';

/** Which kind of key each algorithm takes. `none` and shared secrets are not among them. */
const ALGORITHMS = { RS256: 'RSA', ES256: 'P-256', ES384: 'P-384', EdDSA: 'Ed25519', Ed25519: 'Ed25519' };

/** The credential in a JWT, and `check` for its signature. */
export function openJwt(jwt) {
  const [header, payload, signature] = jwt.split('.').map(base64url);
  if (!header || !payload || !signature) throw new Refusal('unreadable', { fault: 'its parts are not base64url' });
  const [head, claims] = [read(header), read(payload)];
  if (!isObject(head) || !isObject(claims)) throw new Refusal('unreadable', { fault: 'its parts are not objects' });
  const credential = isObject(claims.vc) ? claims.vc : claims;
  const issuer = isObject(credential.issuer) ? credential.issuer.id : credential.issuer;
  if (claims.iss !== undefined && issuer !== undefined && claims.iss !== issuer) {
    throw new Refusal('ambiguous', { fault: 'it names two issuers' });
  }
  const whole = { ...credential, issuer: credential.issuer ?? claims.iss };
  const check = async ({ id, name }, materials, now) => {
    const kind = Object.hasOwn(ALGORITHMS, String(head.alg)) ? ALGORITHMS[head.alg] : undefined;
    if (!kind || head.crit !== undefined) throw new Refusal('unsupported-suite', { suite: `JWT with ${shown(head.alg)}` });
    const made = typeof claims.iat === 'number' ? new Date(claims.iat * 1000) : now;
    const { key, seen } = await resolve(methodOf(head, id), id, materials, made);
    if (key.kind !== kind) throw new Refusal('broken-key', { fault: 'it is of another kind than the signature' });
    const signed = new TextEncoder().encode(jwt.slice(0, jwt.lastIndexOf('.')));
    if (!(await verifies(key, signed, signature))) throw new Refusal('mismatch');
    const seconds = now.getTime() / 1000;
    if (typeof claims.exp === 'number' && claims.exp < seconds) throw new Refusal('expired', { until: new Date(claims.exp * 1000).toISOString() });
    if (typeof claims.nbf === 'number' && claims.nbf > seconds) throw new Refusal('not-yet-valid', { from: new Date(claims.nbf * 1000).toISOString() });
    const by = { issuer: shown(name ?? id) };
    return seen ? reason('holds-by-copy', { ...by, id: shown(id), seen }) : reason('holds', by);
  };
  return { credential: whole, check };
}

/** The key's name: `kid`, beside the issuer where it is only a fragment, or the issuer where the issuer is a key. */
function methodOf({ kid }, issuer) {
  if (typeof kid !== 'string') {
    if (/^did:(key|jwk):/.test(issuer)) return issuer;
    throw new Refusal('malformed', { fault: 'its signature names no key' });
  }
  return kid;
}
