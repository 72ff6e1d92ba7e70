// Whether the issuer took a credential back, by the copies of status lists that the packet carries. The packet's owner chose those,
// so one that is not against the credential counts only where the issuer signed it, as in Cairn's status/mod.rs.
import { base64url, multibase } from './encoding.js';
import { isObject, list, texts } from './json.js';
import { Refusal, judged, shown } from './reason.js';

/** Most bytes that a list may unpack to. */
const MAX_INFLATED = 1024 * 1024;

/** The reasons that a credential's status entries give; none where all is well. `check` checks the list's own signature. */
export async function statuses(credential, issuer, materials, check) {
  const found = [];
  for (const entry of list(credential.credentialStatus)) {
    const reason = await judged(() => status(entry, issuer, materials, check));
    if (reason) found.push(reason);
  }
  return found;
}

async function status(entry, issuer, materials, check) {
  const types = isObject(entry) ? texts(entry.type) : [];
  const by = { issuer: shown(issuer.name ?? issuer.id) };
  if (types.includes('1EdTechRevocationList')) {
    const copy = materials.statusList(entry.id);
    if (!copy?.document || !Array.isArray(copy.document.revokedCredential)) throw new Refusal('unknown-status');
    const revoked = copy.document.revokedCredential.some(item => (item?.id ?? item) === materials.checking.id);
    if (revoked) throw new Refusal('revoked', by);
    // Nobody signed it.
    throw new Refusal('unknown-status');
  }
  if (!types.some(type => type === 'BitstringStatusListEntry' || type === 'StatusList2021Entry')) throw new Refusal('unknown-status');
  const copy = materials.statusList(entry.statusListCredential);
  if (!copy) throw new Refusal('unknown-status');
  const { reason, credential: signed } = await check(copy.bytes);
  const subject = list(signed?.credentialSubject)[0];
  const isList = texts(signed?.type).some(type => type === 'BitstringStatusListCredential' || type === 'StatusList2021Credential');
  const purposes = list(subject?.statusPurpose);
  const purpose = entry.statusPurpose ?? 'revocation';
  if (reason.verdict !== 'valid' || !isList || typeof subject?.encodedList !== 'string' || !purposes.includes(purpose)) throw new Refusal('unknown-status');
  const index = Number(entry.statusListIndex);
  const bits = await inflate(subject.encodedList);
  if (!/^\d+$/.test(String(entry.statusListIndex)) || !bits || index >= bits.length * 8) throw new Refusal('unknown-status');
  // The first bit is the most significant one.
  const isSet = (bits[index >> 3] >> (7 - (index & 7))) & 1;
  if (isSet && (purpose === 'revocation' || purpose === 'suspension')) throw new Refusal(purpose === 'revocation' ? 'revoked' : 'suspended', by);
  const keeper = isObject(signed.issuer) ? signed.issuer.id : signed.issuer;
  if (keeper !== issuer.id) throw new Refusal('unknown-status');
  return undefined;
}

/** Unpacks a list (base64url, in newer ones multibase, of GZIP); undefined where it is none or too large. */
async function inflate(encoded) {
  const packed = encoded.startsWith('u') ? multibase(encoded) : base64url(encoded.replace(/=+$/, ''));
  if (!packed) return undefined;
  try {
    const parts = [];
    let size = 0;
    for (const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MAX_INFLATED) return undefined;
      parts.push(value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch {
    return undefined;
  }
}
