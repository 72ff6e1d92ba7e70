// A packet to its report: the manifest's signature, every file against it, then every credential inside with the packet's own
// copies of keys and status lists.
import canonicalize from 'canonicalize';
import { ArchiveError, MAX_KEPT_BYTES, content, open } from './archive.js';
import { checkBytes, told } from './credential.js';
import { digestHex } from './encoding.js';
import { isObject, list, read, texts } from './json.js';
import { VERDICTS, gravest, judged, reason, shown } from './reason.js';
import { parts, said } from './said.js';

const MANIFEST = 'manifest.json';
/** Most bytes of copies that are kept at once. */
const MAX_MATERIALS = 64 * 1024 * 1024;
const PACKET_TYPE = 'https://w3id.org/cairn/v1#CairnPacket';
/** Where a packet keeps what others and the learner signed, and what each place is called. */
const PLACES = { 'credentials/': 'issued', 'self-issued/': 'self', 'endorsements/': 'endorsement' };

/** Checks a packet at `now`; `progress` hears the name of the file at hand, and of how many. */
export async function checkPacket(file, now, progress = () => undefined) {
  let entries;
  try {
    entries = await open(file);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { verdict: 'invalid', code: `archive-${error.kind}`, fault: error.message, ...nothing() };
  }
  const entry = entries.get(MANIFEST);
  if (!entry) return { verdict: 'cannot-check', code: 'not-a-packet', ...nothing() };
  const { bytes } = entry.uncompressedSize <= MAX_KEPT_BYTES ? await content(entry, { keep: true }) : {};
  const manifest = bytes && (await judged(() => read(bytes)));
  if (!isObject(manifest) || manifest.verdict) return { verdict: 'invalid', code: 'differs', ...nothing(), changed: [MANIFEST] };
  if (!texts(list(manifest.type)).includes(PACKET_TYPE)) return { verdict: 'cannot-check', code: 'not-a-packet', ...nothing() };

  const { reason: signed } = await checkBytes(bytes, none, now);
  const bound = boundBy(manifest);
  const files = await compare(entries, bound ?? new Map(), progress);
  const names = state => files.filter(found => found.state === state).map(({ name }) => name);
  const [changed, missing, added] = ['changed', 'missing', 'added'].map(names);
  const rewritten = canonicalize(manifest) !== new TextDecoder().decode(bytes);
  if (rewritten || !bound || signed.verdict === 'invalid' || signed.code === 'no-proof') changed.push(MANIFEST);
  const differs = changed.length + missing.length + added.length > 0;

  const load = loader(entries, bound ?? new Map());
  const materials = await materialsOf(load);
  const lines = await linesOf(load);
  const recorded = differs ? new Map() : await recordedBy(load);
  const credentials = [];
  for (const { name, state } of files) {
    const place = Object.keys(PLACES).find(start => name.startsWith(start));
    if (!place || state !== 'intact') continue;
    progress(name, 'credential');
    const kept = await load(name);
    const checked = kept ? await checkBytes(kept, materials, now) : { reason: reason('unreadable', { fault: 'it is larger than 16 MiB' }), checks: [], inside: [] };
    credentials.push({ name, kind: PLACES[place], ...checked, told: told(checked.credential), recorded: recorded.get(name) });
  }
  const { issuer } = manifest;
  return {
    verdict: differs ? 'invalid' : signed.verdict,
    code: differs ? 'differs' : signed.verdict === 'valid' ? 'intact' : 'signature',
    signed,
    title: shown(manifest.name ?? ''),
    signer: { id: shown(issuer?.id), name: shown(issuer?.name ?? '') },
    signedOn: list(manifest.proof)[0]?.created,
    changed: changed.map(shown),
    missing: missing.map(shown),
    added: added.map(shown),
    files: files.map(({ name, state }) => ({ name: shown(name), state })),
    credentials,
    lines: differs || signed.verdict !== 'valid' ? [] : lines.map(line => withProof(line, credentials, issuer?.id)),
  };
}

const none = { keyDocuments: () => [], statusList: () => undefined };
const nothing = () => ({ changed: [], missing: [], added: [], files: [], credentials: [], lines: [] });

/** Each file that the manifest binds with its digest (VC Data Model 2.0 §5.3); undefined where the list is not as it must be. */
function boundBy(manifest) {
  const uuid = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(String(manifest.id))?.[1];
  if (!uuid || !Array.isArray(manifest.relatedResource)) return undefined;
  const bound = new Map();
  for (const resource of manifest.relatedResource) {
    const { name, id, digestMultibase } = isObject(resource) ? resource : {};
    const digest = digestHex(digestMultibase);
    if (typeof name !== 'string' || !digest || bound.has(name) || id !== address(uuid, name)) return undefined;
    bound.set(name, digest);
  }
  return bound;
}

function address(uuid, name) {
  const escaped = Array.from(new TextEncoder().encode(name), byte => {
    const c = String.fromCharCode(byte);
    return /[A-Za-z0-9\-._~/]/.test(c) ? c : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `arcp://uuid,${uuid}/${escaped.join('')}`;
}

async function compare(entries, bound, progress) {
  const files = [];
  let done = 0;
  for (const [name, entry] of entries) {
    if (name === MANIFEST) continue;
    progress(name, 'file', (done += 1), entries.size - 1);
    const expected = bound.get(name);
    if (!expected) {
      files.push({ name, state: 'added' });
      continue;
    }
    const { digest } = await content(entry);
    files.push({ name, state: digest === expected ? 'intact' : 'changed' });
  }
  for (const name of bound.keys()) {
    if (!entries.has(name)) files.push({ name, state: 'missing' });
  }
  return files;
}

/** Reads a small file again, if it is the one that was signed; undefined for any other. */
function loader(entries, bound) {
  return async name => {
    const entry = entries.get(name);
    if (!entry || !bound.has(name) || entry.uncompressedSize > MAX_KEPT_BYTES) return undefined;
    const { digest, bytes } = await content(entry, { keep: true });
    return digest === bound.get(name) ? bytes : undefined;
  };
}

/** The packet's copies of key documents and status lists, as its `materials/index.json` names them. */
async function materialsOf(load) {
  const copies = [];
  let left = MAX_MATERIALS;
  for (const { kind, url, seen, file } of await rows(load, 'materials/index.json')) {
    const bytes = typeof url === 'string' ? await load(file) : undefined;
    if (!bytes || bytes.length > left) continue;
    left -= bytes.length;
    copies.push({ kind, url, seen, bytes, document: parsed(bytes) });
  }
  const all = (kind, url) => copies.filter(copy => copy.kind === kind && copy.url === url).sort((one, other) => (String(one.seen) < String(other.seen) ? 1 : -1));
  return {
    keyDocuments: url => all('key-document', url).filter(({ document }) => isObject(document)),
    statusList: url => all('status-list', url)[0],
  };
}

/** What the packet says was found earlier about each file, the latest: `{verdict, on}`. That is its owner's word. */
async function recordedBy(load) {
  const found = new Map();
  for (const { file, verdict, checked_at: on } of await rows(load, 'verdicts.json')) {
    if (typeof file === 'string' && VERDICTS.includes(verdict) && !Number.isNaN(Date.parse(on))) found.set(file, { verdict, on });
  }
  return found;
}

/** The lines of the résumé, each with what backs it. */
async function linesOf(load) {
  const found = await rows(load, 'lines.json');
  return found.filter(({ text }) => typeof text === 'string').slice(0, 2_000);
}

/**
 * A line that claims an issuer's signature has it only where that issuer's credential is inside, and for what that credential says;
 * its name is the credential's own.
 */
function withProof({ text: given, provenance, by, file }, credentials, signer) {
  const text = shownLong(given);
  const proof = credentials.find(({ name }) => name === file);
  // In a learner record the credential that says so counts, not the record around it; all of them have to hold.
  const all = proof ? [proof, ...proof.inside].map(({ credential }) => ({ is: told(credential), said: parts(said(credential), text) })) : [];
  const best = all.find(one => one.said.signed !== undefined) ?? all[0];
  const found = proof && gravest([proof.reason, ...proof.inside.map(({ reason: of }) => of)]);
  const known = ['issuer-signed', 'self-signed'].includes(provenance) ? provenance : 'unsigned';
  const issued = proof && proof.kind !== 'self' && best.is.issuerId !== signer;
  const stands =
    known === 'self-signed' ? (file === undefined ? 'valid' : found?.verdict) : known === 'issuer-signed' && issued ? found.verdict : undefined;
  const verdict = known === 'unsigned' ? undefined : (stands ?? 'cannot-check');
  const byCopy = verdict === 'valid' && found?.code === 'holds-by-copy';
  const line = { text, provenance: known, by: best?.is.issuer || shown(by ?? ''), verdict, byCopy, own: [] };
  if (known !== 'issuer-signed' || !issued) return line;
  // What the issuer did not say is signed by nobody but the packet's owner.
  const { signed, own } = best.said;
  return { ...line, provenance: signed === undefined ? 'self-signed' : known, signed: shown(signed ?? best.is.name), own: own.map(shown), beside: signed === undefined };
}

const shownLong = text => Array.from(text.replace(/[\p{Cc}\u061c\ufeff\u200b-\u200f\ufff9-\ufffb\u2028-\u202e\u2060-\u206f]/gu, ' ')).slice(0, 600).join('');

async function rows(load, name) {
  const bytes = await load(name);
  return bytes ? list(parsed(bytes)).filter(isObject) : [];
}

function parsed(bytes) {
  try {
    return read(bytes);
  } catch {
    return undefined;
  }
}
