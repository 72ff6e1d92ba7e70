// Signs a credential whose blank nodes tie inside named graphs, with npm @digitalbazaar/vc and its eddsa-rdfc-2022 suite, for
// Cairn to verify. Made the fixture in src-tauri/crates/cairn-proof/tests/fixtures; the key is W3C vc-di-eddsa's published
// test key. Canonicalisers that keep a set of related nodes where RDFC-1.0 keeps a list name these nodes otherwise.
//
//   node tests/interop/sign-tied.mjs > credential.json
import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import jsonld from "jsonld";
import * as rdfCanonize from "rdf-canonize";

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
const people = ["_:a", "_:b"];
// Everybody endorses everybody, in graphs of their own, in the same words: no node has anything of its own.
const says = (from) => ({ id: from, endorses: people.filter((to) => to !== from).map((id) => ({ id, name: "a colleague" })) });
const credential = {
  "@context": [
    "https://www.w3.org/ns/credentials/v2",
    { endorses: "https://example.org/endorses", statement: { "@id": "https://example.org/statement", "@container": "@graph" } },
  ],
  id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
  type: ["VerifiableCredential"],
  issuer: { id: issuer, name: "The School of Examples" },
  validFrom: "2023-01-01T00:00:00Z",
  credentialSubject: { statement: [...people.map(says), ...people.map(says)] },
};
// As the suite's own, but allowed to compare more.
const canonize = async (input, options) => {
  const dataset = await jsonld.toRDF(input, { base: null, safe: true, rdfDirection: "i18n-datatype", ...options, format: undefined });
  return rdfCanonize.canonize(dataset, { algorithm: "RDFC-1.0", format: "application/n-quads", maxWorkFactor: 3 });
};
const suite = new DataIntegrityProof({
  signer: key.signer(),
  date: "2023-02-24T23:36:38Z",
  cryptosuite: { ...cryptosuite, canonize },
});
const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: contexts.get(url) });
const signed = await vc.issue({ credential, suite, documentLoader });
console.log(JSON.stringify(signed, null, 2));
