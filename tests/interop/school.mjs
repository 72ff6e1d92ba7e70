// A school that Cairn did not write: signs credentials and status lists with npm @digitalbazaar/vc, for Cairn to verify. What the
// programs beside this one and the journeys in tests/e2e share.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createSignCryptosuite as jcs } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

export { rdfc };
export const V2 = "https://www.w3.org/ns/credentials/v2";
export const OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/** W3C vc-di-eddsa's published test key. */
const PUBLISHED = {
  publicKeyMultibase: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
  secretKeyMultibase: "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
};

const pinned = new URL("../../src-tauri/crates/cairn-proof/src/jsonld/contexts/", import.meta.url);
const contexts = new Map();
for (const { file, urls } of JSON.parse(readFileSync(new URL("index.json", pinned), "utf8"))) {
  for (const url of urls) contexts.set(url, new URL(file, pinned));
}

/** The published key, its owner's own name or that of `did`; with `fresh` a new one. */
export async function keyOf({ did, name, fresh = false } = {}) {
  const pair = fresh ? await (await Ed25519Multikey.generate()).export({ publicKey: true, secretKey: true }) : PUBLISHED;
  const controller = did ?? `did:key:${pair.publicKeyMultibase}`;
  const id = `${controller}#${name ?? pair.publicKeyMultibase}`;
  const { publicKeyMultibase, secretKeyMultibase } = pair;
  return Ed25519Multikey.from({ ...method(id, controller, publicKeyMultibase), secretKeyMultibase });
}

/** A key as the document of its owner lists it. */
export function method(id, controller, publicKeyMultibase) {
  return { "@context": "https://w3id.org/security/multikey/v1", id, type: "Multikey", controller, publicKeyMultibase };
}

/** Signs a credential, as of its date; with eddsa-jcs-2022 unless a suite is given. */
export function sign(credential, { key, date, cryptosuite = jcs() }) {
  const suite = new DataIntegrityProof({ signer: key.signer(), date, cryptosuite });
  // Whatever became of it since, it was valid when it was issued.
  return vc.issue({ credential, suite, documentLoader, now: date && new Date(date) });
}

/** A signed list of bits, packed with gzip, that says which credentials were taken back. */
export function statusList(url, packed, { key, date, validFrom }) {
  return sign(
    {
      "@context": [V2],
      id: url,
      type: ["VerifiableCredential", "BitstringStatusListCredential"],
      issuer: key.controller,
      validFrom,
      credentialSubject: {
        id: `${url}#list`,
        type: "BitstringStatusList",
        statusPurpose: "revocation",
        encodedList: `u${packed.toString("base64url")}`,
      },
    },
    { key, date },
  );
}

/** Where a list says whether the credential at a place of it was taken back. */
export function statusEntry(url, index) {
  const place = { statusPurpose: "revocation", statusListIndex: String(index), statusListCredential: url };
  return { id: `${url}#${index}`, type: "BitstringStatusListEntry", ...place };
}

/** The contexts that travel with Cairn, each read once; and keys out of their own names. Nothing is fetched. */
export async function documentLoader(url) {
  if (url.startsWith("did:key:")) return loaded(url, keyDocument(url));
  const known = contexts.get(url);
  if (known === undefined) throw new Error(`${url} is not at hand, and nothing is fetched`);
  if (known instanceof URL) contexts.set(url, JSON.parse(readFileSync(known, "utf8")));
  return loaded(url, contexts.get(url));
}

function loaded(url, document) {
  return { contextUrl: null, documentUrl: url, document };
}

/** did:key §3: the document of a key, or the key where the address has a fragment. */
function keyDocument(url) {
  const [did, fragment] = url.split("#");
  const key = method(`${did}#${did.slice("did:key:".length)}`, did, did.slice("did:key:".length));
  if (fragment !== undefined) return key;
  const { "@context": context, ...published } = key;
  return { "@context": ["https://www.w3.org/ns/did/v1", context], id: did, verificationMethod: [published], assertionMethod: [key.id] };
}
