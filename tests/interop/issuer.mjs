// An issuer on this machine, made with npm @digitalbazaar/vc: writes a credential whose keys and status are kept under
// http://localhost:PORT, one that has expired, the issuer's key document, and its status list before and after it took the credential back.
//
//   node tests/interop/issuer.mjs PORT FOLDER
//
// The key is W3C vc-di-eddsa's published test key.
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createSignCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

const [port, folder] = process.argv.slice(2);
const publicKeyMultibase = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const issuer = `did:web:localhost%3A${port}`;
const method = {
  "@context": "https://w3id.org/security/multikey/v1",
  id: `${issuer}#key`,
  type: "Multikey",
  controller: issuer,
  publicKeyMultibase,
};
const key = await Ed25519Multikey.from({ ...method, secretKeyMultibase: "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq" });
const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: contexts.get(url) });
const issue = (credential) =>
  vc.issue({
    credential,
    suite: new DataIntegrityProof({ signer: key.signer(), date: "2024-02-24T23:36:38Z", cryptosuite: createSignCryptosuite() }),
    documentLoader,
    // Issued in 2024, whatever became of it since.
    now: new Date("2024-02-24T23:36:38Z"),
  });
const write = (name, value) => writeFileSync(`${folder}/${name}`, JSON.stringify(value, null, 2));

const list = `http://localhost:${port}/status`;
const statusList = (revoked) => {
  const bits = Buffer.alloc(16384);
  if (revoked) bits[0] |= 0x80 >> 3;
  return issue({
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: list,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer,
    validFrom: "2024-01-01T00:00:00Z",
    credentialSubject: {
      id: `${list}#list`,
      type: "BitstringStatusList",
      statusPurpose: "revocation",
      encodedList: `u${gzipSync(bits).toString("base64url")}`,
    },
  });
};

const { "@context": context, ...published } = method;
write("did.json", {
  "@context": ["https://www.w3.org/ns/did/v1", context],
  id: issuer,
  verificationMethod: [published],
  assertionMethod: [published.id],
});
write(
  "credential.json",
  await issue({
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: "urn:uuid:0192c0de-0000-7000-8000-000000000001",
    type: ["VerifiableCredential"],
    name: "Crane operator – κινητός γερανός 🏗️",
    issuer: { id: issuer, name: "The Harbour School" },
    validFrom: "2024-01-01T00:00:00Z",
    credentialStatus: {
      id: `${list}#3`,
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: "3",
      statusListCredential: list,
    },
    credentialSubject: { id: "mailto:ada@example.org" },
  }),
);
write(
  "expired.json",
  await issue({
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: "urn:uuid:0192c0de-0000-7000-8000-000000000002",
    type: ["VerifiableCredential"],
    name: "First aid",
    issuer: { id: issuer, name: "The Harbour School" },
    validFrom: "2024-01-01T00:00:00Z",
    validUntil: "2025-01-01T00:00:00Z",
    credentialSubject: { id: "mailto:ada@example.org" },
  }),
);
write("status-clean.json", await statusList(false));
write("status-revoked.json", await statusList(true));
