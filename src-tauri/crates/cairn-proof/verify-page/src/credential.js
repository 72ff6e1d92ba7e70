// A credential of any form to its verdict: JSON with proofs, JWT, or a badge picture with either inside.
import { embedded } from './badge.js';
import { isObject, list, read, texts, utf8 } from './json.js';
import { openJwt } from './jwt.js';
import { checkProof, instant } from './proofs.js';
import { Refusal, gravest, judged, reason, shown } from './reason.js';
import { words } from './said.js';
import { statuses } from './status.js';

const BASE = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1'];

/** Most proofs that a credential may have. */
const MOST_PROOFS = 32;

/** Checks the bytes of a file: `{reason, checks, credential, inside}`. `checks` names what was looked at, each with its reason. */
export async function checkBytes(bytes, materials, now) {
  const opened = await judged(() => open(bytes));
  if (opened.verdict) return { reason: opened, checks: [], inside: [] };
  return opened.jwt ? checkJwt(opened.jwt, materials, now) : checkJson(opened.json, materials, now);
}

function open(bytes) {
  const content = embedded(bytes);
  const text = utf8(content).trim();
  if (/^eyJ[\w-]+\.[\w-]*\.[\w-]*$/.test(text)) return { jwt: text };
  return { json: read(content) };
}

async function checkJson(credential, materials, now) {
  const proofs = isObject(credential) ? list(credential.proof) : [];
  return check(credential, materials, now, async issuer => {
    if (proofs.length === 0) throw new Refusal('no-proof');
    if (proofs.length > MOST_PROOFS) throw new Refusal('too-much-work');
    const reasons = [];
    for (const proof of proofs) reasons.push(await judged(() => checkProof(credential, proof, issuer, materials, now)));
    // Where the issuer signed, others may have signed as well: their proofs have to hold by their own keys, and count for nothing.
    if (!reasons.some(({ verdict, code }) => verdict === 'valid' || code === 'expired')) return gravest(reasons);
    const own = [];
    for (const [at, found] of reasons.entries()) own.push((await coSigner(credential, proofs[at], issuer, found, materials, now)) ?? found);
    return gravest(own.filter(({ code }) => code !== 'co-signed'));
  });
}

/** What is found about a proof that is another's than the issuer's, by that signer's own key; undefined where it is not one. */
async function coSigner(credential, proof, issuer, found, materials, now) {
  const signer = isObject(proof) && typeof proof.verificationMethod === 'string' ? proof.verificationMethod.split('#')[0] : '';
  if (!['not-issuers-key', 'key-not-listed'].includes(found.code) || proof.previousProof !== undefined || !signer || signer === issuer.id) return undefined;
  const by = await judged(() => checkProof(credential, proof, { id: signer }, materials, now));
  return by.verdict === 'invalid' ? by : reason('co-signed');
}

async function checkJwt(jwt, materials, now) {
  const opened = await judged(() => openJwt(jwt));
  if (opened.verdict) return { reason: opened, checks: [], inside: [] };
  return check(opened.credential, materials, now, issuer => opened.check(issuer, materials, now));
}

/** What JSON and JWT share: shape, issuer, the signature by `signature`, dates, status. */
async function check(credential, materials, now, signature) {
  const named = await judged(() => shape(credential));
  if (named.verdict) return { reason: named, checks: [], credential: isObject(credential) ? credential : undefined, inside: [] };
  const proof = await judged(() => signature(named));
  const checks = [['Signature', proof]];
  const held = proof.verdict === 'valid';
  if (held) {
    const dates = await judged(() => within(credential, now));
    if (dates) checks.push(['Dates', dates]);
    const again = bytes => checkBytes(bytes, { ...materials, statusList: () => undefined }, now);
    const at = { ...materials, checking: credential };
    for (const status of await statuses(credential, named, at, again)) checks.push(['Status', status]);
  }
  return { reason: gravest(checks.map(([, found]) => found)), checks, credential, inside: await inside(credential, materials, now) };
}

/** The issuer of what is a credential. */
function shape(credential) {
  if (!isObject(credential)) throw new Refusal('not-a-credential', { what: 'JSON of another kind' });
  const types = texts(credential.type);
  if (types.includes('Assertion')) throw new Refusal('not-a-credential', { what: 'an Open Badges 2.0 assertion' });
  if (!types.includes('VerifiableCredential')) throw new Refusal('not-a-credential', { what: 'JSON of another kind' });
  if (!BASE.includes(list(credential['@context'])[0])) throw new Refusal('malformed', { fault: 'its @context does not begin as it must' });
  if (!list(credential.credentialSubject).some(isObject)) throw new Refusal('malformed', { fault: 'it says nothing about anybody' });
  const { issuer } = credential;
  const id = isObject(issuer) ? issuer.id : issuer;
  if (typeof id !== 'string') throw new Refusal('malformed', { fault: 'it names no issuer' });
  return { id, name: (isObject(issuer) && words(issuer.name)) || undefined };
}

function within(credential, now) {
  const dates = (...members) => members.map(member => instant(credential, member)).filter(Boolean);
  const from = dates('validFrom', 'issuanceDate').sort((a, b) => b - a)[0];
  const until = dates('validUntil', 'expirationDate').sort((a, b) => a - b)[0];
  if (until && until < now) throw new Refusal('expired', { until: until.toISOString() });
  if (from && from > now) throw new Refusal('not-yet-valid', { from: from.toISOString() });
  return undefined;
}

/** Signed credentials inside another, as a CLR and endorsements carry them; each has its own verdict. */
async function inside(credential, materials, now) {
  const found = list(credential.credentialSubject).filter(isObject).flatMap(subject => list(subject.verifiableCredential));
  const reports = [];
  for (const inner of found.slice(0, 500)) {
    if (isObject(inner)) reports.push(await checkJson(inner, materials, now));
  }
  return reports;
}

/** What a person wants to see of a credential, as plain texts. */
export function told(credential) {
  const subject = list(credential?.credentialSubject).find(isObject) ?? {};
  const { issuer, name } = credential ?? {};
  const text = value => shown(words(value));
  const until = text(credential?.validUntil ?? credential?.expirationDate);
  return {
    name: text(subject.achievement?.name) || text(name) || text(subject.name),
    issuer: text(issuer?.name) || text(issuer?.id ?? issuer),
    issuerId: isObject(issuer) ? issuer.id : issuer,
    from: text(credential?.validFrom ?? credential?.issuanceDate),
    until,
  };
}

