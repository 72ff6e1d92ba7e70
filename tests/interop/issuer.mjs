// An issuer on this machine, made with npm @digitalbazaar/vc: writes a credential whose keys and status are kept under
// http://localhost:PORT, one that has expired and the same renewed, a learner record of two achievements of which one is a part of the
// other, the issuer's key document, and its status list before and after it took the credential back.
//
//   node tests/interop/issuer.mjs PORT FOLDER
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { OPEN_BADGES, V2, keyOf, method, sign, statusEntry, statusList } from "./school.mjs";

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
// The day after it expired, under the same identifier.
const renewed = { ...aid, validFrom: "2025-01-02T00:00:00Z", validUntil: "2090-01-01T00:00:00Z" };
const renewal = { key, date: "2025-01-02T12:00:00Z" };
write("renewed.json", await sign(credential("0192c0de-0000-7000-8000-000000000002", renewed), renewal));

const levels = [{ id: "urn:uuid:0192c0de-0000-7000-8000-0000000000f1", type: ["RubricCriterionLevel"], name: "Sound" }];
const badge = (number, name) => {
  const achievement = {
    id: `urn:uuid:0192c0de-0000-7000-8000-0000000000a${number}`,
    type: ["Achievement"],
    name,
    description: `All of ${name}.`,
    criteria: { id: "https://school.example/criteria", narrative: "Weld a seam." },
    resultDescription: [
      {
        id: "urn:uuid:0192c0de-0000-7000-8000-0000000000f0",
        type: ["ResultDescription"],
        name: "Seam",
        resultType: "RubricCriterionLevel",
        rubricCriterionLevel: levels,
      },
    ],
  };
  return {
    ...credential(`0192c0de-0000-7000-8000-0000000000b${number}`, {
      name,
      credentialSubject: { type: ["AchievementSubject"], achievement },
    }),
    "@context": [V2, OPEN_BADGES],
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    issuer: { id: issuer, type: ["Profile"], name: "The Harbour School" },
  };
};
const [arc, welding] = [badge(1, "Arc"), badge(2, "Welding")];
const record = {
  ...credential("0192c0de-0000-7000-8000-000000000003", {
    name: "Transcript",
    credentialSubject: {
      id: "mailto:ada@example.org",
      type: ["ClrSubject"],
      verifiableCredential: [await sign(arc, { key, date }), await sign(welding, { key, date })],
      achievement: [arc.credentialSubject.achievement, welding.credentialSubject.achievement],
      association: [
        {
          type: "Association",
          associationType: "isPartOf",
          sourceId: arc.credentialSubject.achievement.id,
          targetId: welding.credentialSubject.achievement.id,
        },
      ],
    },
  }),
  "@context": [V2, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", OPEN_BADGES],
  type: ["VerifiableCredential", "ClrCredential"],
  issuer: { id: issuer, type: ["Profile"], name: "The Harbour School" },
};
write("record.json", await sign(record, { key, date }));
write("status-clean.json", await listed(false));
write("status-revoked.json", await listed(true));
