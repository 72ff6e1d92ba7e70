// Which key a credential's method names, found through the issuer: in the issuer's own name (did:key, did:jwk), or in a copy of the
// issuer's document that the packet carries, as Cairn's issuer_keys.rs does. A key that the credential brings along proves nothing.
import { base64url } from './encoding.js';
import { isObject, list, read } from './json.js';
import { Refusal, shown } from './reason.js';
import { fromJwk, fromMultikey } from './signature.js';

/**
 * The key that `method` names, as `{key, seen}`; `seen` is the date of the copy that it rests on, if it rests on one. `at` is when
 * the signature says it was made.
 */
export async function resolve(method, issuer, materials, at) {
  const own = /^did:(key|jwk):/;
  const name = method.startsWith('#') ? `${issuer}${method}` : method;
  if (own.test(issuer)) return { key: ownKey(name, issuer) };
  const [place] = name.split('#');
  const copies = [...materials.keyDocuments(issuer), ...(place !== issuer && sameOrigin(issuer, place) ? materials.keyDocuments(place) : [])];
  if (copies.length === 0) throw new Refusal('unknown-key', { issuer: shown(issuer) });
  // Documents forget old keys: an older copy may still list one.
  for (const { document, seen } of copies) {
    const found = listed(document, issuer, name);
    if (found) return { key: keyOf(found, issuer, at), seen };
  }
  throw new Refusal('key-not-listed', { issuer: shown(issuer), seen: copies[0].seen });
}

function ownKey(method, issuer) {
  const [did, fragment] = method.split('#');
  if (did !== issuer) throw new Refusal('not-issuers-key', { issuer: shown(issuer) });
  const isKey = did.startsWith('did:key:');
  const text = did.slice('did:key:'.length);
  if (fragment !== undefined && fragment !== (isKey ? text : '0')) throw new Refusal('broken-key', { fault: 'its name says two keys' });
  if (isKey) return fromMultikey(text);
  const bytes = base64url(text);
  if (!bytes) throw new Refusal('broken-key', { fault: 'its name is not a key' });
  return fromJwk(read(bytes));
}

/** The method of that name, if the document lets it assert claims. */
function listed(document, issuer, name) {
  if (document.keys !== undefined || document.kty !== undefined) return inKeySet(list(document.keys ?? document).filter(isObject), name);
  const isMethod = document.publicKeyMultibase !== undefined || document.publicKeyJwk !== undefined;
  if (isMethod && document.controller !== undefined) return document.id === name ? document : undefined;
  if (document.id !== issuer) return undefined;
  const absolute = id => (typeof id === 'string' && id.startsWith('#') ? `${issuer}${id}` : id);
  const described = [...list(document.verificationMethod), ...list(document.publicKey)].filter(isObject);
  const bare = name.includes(':') ? undefined : name;
  const is = ({ id, publicKeyJwk }) => absolute(id) === name || (bare && (String(id).split('#')[1] === bare || publicKeyJwk?.kid === bare));
  if (document.assertionMethod === undefined) return issuer.startsWith('did:') ? undefined : described.find(is);
  const asserting = list(document.assertionMethod).map(method =>
    isObject(method) ? method : described.find(({ id }) => absolute(id) === absolute(method)),
  );
  return asserting.filter(isObject).find(is);
}

function inKeySet(keys, name) {
  const fragment = name.split('#')[1];
  const found = keys.find(({ kid }) => kid !== undefined && (kid === name || kid === fragment));
  const alone = keys.length === 1 && keys[0].kid === undefined && fragment === undefined;
  const jwk = found ?? (alone ? keys[0] : undefined);
  return jwk && { publicKeyJwk: jwk, bare: true };
}

function keyOf(method, issuer, at) {
  if (!method.bare && (method.controller ?? method.owner) !== issuer) throw new Refusal('not-issuers-key', { issuer: shown(issuer) });
  for (const member of ['revoked', 'expires']) {
    const end = method[member] && new Date(method[member]);
    if (end && !(end > at)) throw new Refusal('key-withdrawn', { on: method[member] });
  }
  if (method.publicKeyMultibase !== undefined) return fromMultikey(method.publicKeyMultibase);
  if (isObject(method.publicKeyJwk)) return fromJwk(method.publicKeyJwk);
  throw new Refusal('unknown-kind-of-key', { kind: shown(list(method.type)[0] ?? 'none') });
}

/** Whether a key's address is on the issuer's own host. */
function sameOrigin(issuer, place) {
  const web = /^did:web:([^:]+)/.exec(issuer);
  const host = url => {
    try {
      const { protocol, host: name, username } = new URL(url);
      return protocol === 'https:' && !username ? name : undefined;
    } catch {
      return undefined;
    }
  };
  const ours = web ? decodeURIComponent(web[1]) : host(issuer);
  return ours !== undefined && ours === host(place);
}
