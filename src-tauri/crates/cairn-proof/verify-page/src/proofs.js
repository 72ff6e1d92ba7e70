// Data Integrity proofs: what each suite signs, and whether its signature stands.
import { canonize } from 'rdf-canonize';
import canonicalize from 'canonicalize';
import jsonld from 'jsonld';
import { documentLoader } from './contexts.js';
import { concat, multibase, sha256, sha384 } from './encoding.js';
import { isObject, list } from './json.js';
import { resolve } from './keys.js';
import { Refusal, reason, shown } from './reason.js';
import { verifies } from './signature.js';

/** How long canonicalising one text may take, in milliseconds: hostile graphs take for ever. */
const PATIENCE = 10_000;

/** For each suite: the kinds of key it takes, and how it turns JSON into bytes. */
const SUITES = {
  'eddsa-rdfc-2022': { kinds: ['Ed25519'], canonical: rdfc },
  'eddsa-jcs-2022': { kinds: ['Ed25519'], canonical: jcs },
  Ed25519Signature2020: { kinds: ['Ed25519'], canonical: rdfc },
  'ecdsa-rdfc-2019': { kinds: ['P-256', 'P-384'], canonical: rdfc },
  'ecdsa-jcs-2019': { kinds: ['P-256', 'P-384'], canonical: jcs },
};

/** Checks one proof of a credential (VC Data Integrity 1.0 §4.4, chains §4.7). Its reason is `holds`, or a refusal is thrown. */
export async function checkProof(credential, proof, issuer, materials, now) {
  if (!isObject(proof)) throw new Refusal('malformed', { fault: 'its proof is not an object' });
  const name = proof.type === 'DataIntegrityProof' ? proof.cryptosuite : proof.type;
  const suite = Object.hasOwn(SUITES, String(name)) ? SUITES[name] : undefined;
  if (!suite) throw new Refusal('unsupported-suite', { suite: shown(name ?? 'an unnamed proof') });
  if (proof.proofPurpose !== 'assertionMethod') throw new Refusal('wrong-purpose', { purpose: shown(proof.proofPurpose ?? 'nothing') });
  if (typeof proof.verificationMethod !== 'string') throw new Refusal('malformed', { fault: 'its proof names no key' });
  const { key, seen } = await resolve(proof.verificationMethod, issuer.id, materials, instant(proof, 'created') ?? now);
  if (!suite.kinds.includes(key.kind)) throw new Refusal('broken-key', { fault: 'it is of another kind than the signature' });
  const signature = typeof proof.proofValue === 'string' && proof.proofValue.startsWith('z') ? multibase(proof.proofValue) : undefined;
  if (signature?.length !== (key.kind === 'P-384' ? 96 : 64)) throw new Refusal('broken-signature');

  const { proof: all, ...unsigned } = credential;
  const earlier = previous(proof, all);
  const document = earlier.length > 0 ? { ...unsigned, proof: earlier } : unsigned;
  const { proofValue, '@context': ofProof, ...bare } = proof;
  const isJcs = suite.canonical === jcs;
  if (isJcs && ofProof !== undefined && canonicalize(ofProof) !== canonicalize(credential['@context'])) throw new Refusal('context-changed');
  const options = isJcs ? { ...bare, ...(ofProof !== undefined && { '@context': ofProof }) } : { ...bare, '@context': credential['@context'] };
  const hash = key.kind === 'P-384' ? sha384 : sha256;
  const signed = concat(hash(await suite.canonical(options, hash)), hash(await suite.canonical(document, hash)));
  if (!(await verifies(key, signed, signature))) throw new Refusal('mismatch');
  const until = instant(proof, 'expires');
  if (until && until < now) throw new Refusal('expired', { until: proof.expires });
  const by = { issuer: shown(issuer.name ?? issuer.id) };
  return seen ? reason('holds-by-copy', { ...by, id: shown(issuer.id), seen }) : reason('holds', by);
}

/** The proofs that a chained proof was made over. */
function previous(proof, all) {
  return list(proof.previousProof).map(id => {
    const earlier = list(all).find(other => isObject(other) && other !== proof && other.id === id);
    if (!earlier) throw new Refusal('malformed', { fault: 'its signature builds on one that is not there' });
    return earlier;
  });
}

async function jcs(value) {
  return new TextEncoder().encode(canonicalize(value));
}

async function rdfc(value, hash) {
  let dataset;
  try {
    dataset = await jsonld.toRDF(value, { documentLoader, safe: true, base: null, produceGeneralizedRdf: false });
  } catch (error) {
    throw refused(error);
  }
  if (dataset.length > 100_000) throw new Refusal('too-much-work');
  try {
    const createMessageDigest = () => new Digest(hash);
    const options = { algorithm: 'RDFC-1.0', createMessageDigest, maxWorkFactor: 2, signal: AbortSignal.timeout(PATIENCE) };
    return new TextEncoder().encode(await canonize(dataset, options));
  } catch {
    throw new Refusal('too-much-work');
  }
}

/** Why JSON-LD refused a text: a context that is not known, or a word without meaning. */
function refused(error) {
  for (let cause = error; cause; cause = cause.details?.cause ?? cause.cause) {
    if (cause instanceof Refusal) return cause;
  }
  const event = error.details?.event;
  const word = event?.details?.property ?? event?.details?.type ?? event?.details?.id ?? event?.details?.value ?? event?.code;
  return new Refusal('undefined-term', { fault: shown(word ?? error.details?.code ?? error.message) });
}

/** A hash as rdf-canonize asks for it; the browser's own is not there on every page that is opened from disk. */
class Digest {
  #hash;
  constructor(hash) {
    this.#hash = hash.create();
  }
  update(text) {
    this.#hash.update(new TextEncoder().encode(text));
  }
  digest() {
    return Array.from(this.#hash.digest(), byte => byte.toString(16).padStart(2, '0')).join('');
  }
}

/** A date that must have its time and zone (XML Schema dateTimeStamp), or undefined where the member is not there. */
export function instant(object, member) {
  const text = object[member];
  if (text === undefined) return undefined;
  const well = typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const date = well ? new Date(text) : undefined;
  if (!date || Number.isNaN(date.getTime())) throw new Refusal('broken-date', { member });
  return date;
}
