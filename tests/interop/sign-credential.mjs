// Signs a credential for Cairn to verify. Made both fixtures of Digital Bazaar's in src-tauri/crates/cairn-proof/tests/fixtures:
// one with eddsa-jcs-2022, and one whose blank nodes tie inside named graphs, with eddsa-rdfc-2022. Canonicalisers that keep a
// set of related nodes where RDFC-1.0 keeps a list name these nodes otherwise.
//
//   node tests/interop/sign-credential.mjs [tied] > credential.json
import jsonld from "jsonld";
import * as rdfCanonize from "rdf-canonize";
import { V2, keyOf, rdfc, sign } from "./school.mjs";

const key = await keyOf();
const common = {
  id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
  issuer: { id: key.controller, name: "The School of Examples" },
  validFrom: "2023-01-01T00:00:00Z",
};
const alumni = {
  "@context": [V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"],
  id: common.id,
  type: ["VerifiableCredential", "AlumniCredential"],
  name: "Alumni Credential – 卒業 🎓",
  ...common,
  validUntil: "2033-01-01T00:00:00+01:00",
  credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples", grade: 1.7, "\u20ac": [2 ** 63, -0, 1e-7] },
};

const people = ["_:a", "_:b"];
// Everybody endorses everybody, in graphs of their own, in the same words: no node has anything of its own.
const says = (from) => ({ id: from, endorses: people.filter((to) => to !== from).map((id) => ({ id, name: "a colleague" })) });
const tied = {
  "@context": [
    V2,
    { endorses: "https://example.org/endorses", statement: { "@id": "https://example.org/statement", "@container": "@graph" } },
  ],
  id: common.id,
  type: ["VerifiableCredential"],
  ...common,
  credentialSubject: { statement: [...people.map(says), ...people.map(says)] },
};
// As the suite's own, but allowed to compare more.
const canonize = async (input, options) => {
  const dataset = await jsonld.toRDF(input, { base: null, safe: true, rdfDirection: "i18n-datatype", ...options, format: undefined });
  return rdfCanonize.canonize(dataset, { algorithm: "RDFC-1.0", format: "application/n-quads", maxWorkFactor: 3 });
};

const date = "2023-02-24T23:36:38Z";
const isTied = process.argv[2] === "tied";
const signed = isTied ? await sign(tied, { key, date, cryptosuite: { ...rdfc, canonize } }) : await sign(alumni, { key, date });
console.log(JSON.stringify(signed, null, 2));
