// Signs a credential with npm @digitalbazaar/vc and its eddsa-jcs-2022 suite, for Cairn to verify. Made the fixture in
// src-tauri/crates/cairn-proof/tests/fixtures; the key is W3C vc-di-eddsa's published test key.
//
//   node tests/interop/sign-credential.mjs > credential.json
import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createSignCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

const publicKeyMultibase = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const issuer = `did:key:${publicKeyMultibase}`;
const key = await Ed25519Multikey.from({
  "@context": "https://w3id.org/security/multikey/v1",
  id: `${issuer}#${publicKeyMultibase}`,
  type: "Multikey",
  controller: issuer,
  publicKeyMultibase,
  secretKeyMultibase: "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
});
const credential = {
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"],
  id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
  type: ["VerifiableCredential", "AlumniCredential"],
  name: "Alumni Credential – 卒業 🎓",
  issuer: { id: issuer, name: "The School of Examples" },
  validFrom: "2023-01-01T00:00:00Z",
  validUntil: "2033-01-01T00:00:00+01:00",
  credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples", grade: 1.7, "\u20ac": [2 ** 63, -0, 1e-7] },
};
const suite = new DataIntegrityProof({ signer: key.signer(), date: "2023-02-24T23:36:38Z", cryptosuite: createSignCryptosuite() });
const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: contexts.get(url) });
const signed = await vc.issue({ credential, suite, documentLoader });
console.log(JSON.stringify(signed, null, 2));
