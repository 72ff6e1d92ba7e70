// An issuer on this machine, made with npm @digitalbazaar/vc: writes a credential whose keys and status are kept under
// http://localhost:PORT, one that has expired, the issuer's key document, and its status list before and after it took the credential back.
//
//   node tests/interop/issuer.mjs PORT FOLDER
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { V2, keyOf, method, sign, statusEntry, statusList } from "./school.mjs";

const [port, folder] = process.argv.slice(2);
const issuer = `did:web:localhost%3A${port}`;
const key = await keyOf({ did: issuer, name: "key" });
const date = "2024-02-24T23:36:38Z";
const validFrom = "2024-01-01T00:00:00Z";
const write = (name, value) => writeFileSync(`${folder}/${name}`, JSON.stringify(value, null, 2));

const list = `http://localhost:${port}/status`;
const listed = (revoked) => {
  const bits = Buffer.alloc(16384);
  if (revoked) bits[0] |= 0x80 >> 3;
  return statusList(list, gzipSync(bits), { key, date, validFrom });
};
const credential = (id, members) => ({
  "@context": [V2],
  id: `urn:uuid:${id}`,
  type: ["VerifiableCredential"],
  issuer: { id: issuer, name: "The Harbour School" },
  validFrom,
  credentialSubject: { id: "mailto:ada@example.org" },
  ...members,
});

const { "@context": context, ...published } = method(key.id, issuer, key.publicKeyMultibase);
write("did.json", {
  "@context": ["https://www.w3.org/ns/did/v1", context],
  id: issuer,
  verificationMethod: [published],
  assertionMethod: [published.id],
});
const crane = { name: "Crane operator – κινητός γερανός 🏗️", credentialStatus: statusEntry(list, 3) };
write("credential.json", await sign(credential("0192c0de-0000-7000-8000-000000000001", crane), { key, date }));
const aid = { name: "First aid", validUntil: "2025-01-01T00:00:00Z" };
write("expired.json", await sign(credential("0192c0de-0000-7000-8000-000000000002", aid), { key, date }));
write("status-clean.json", await listed(false));
write("status-revoked.json", await listed(true));
