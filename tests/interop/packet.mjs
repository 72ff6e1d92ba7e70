// Checks a Cairn packet with implementations that Cairn does not use: npm @digitalbazaar/vc with the eddsa-jcs-2022 suite
// for the signature, jsonld in safe mode for the meaning of every term, and Node's own SHA-256 for every file.
//
//   node tests/interop/packet.mjs FILE.cairn...
//
// Prints one JSON line a file, {"file", "valid", "issuer", "files", "errors"}; exits 1 where one is not valid. Offline: the one
// context that may be loaded comes from npm @digitalbazaar/credentials-context.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { unzipSync } from "fflate";
import jsonld from "jsonld";

let failed = false;
for (const file of process.argv.slice(2)) {
  const report = { file, valid: false, issuer: null, files: 0, errors: [] };
  try {
    await check(readFileSync(file), report);
  } catch (error) {
    report.errors.push(String(error.message ?? error));
  }
  report.valid = report.errors.length === 0;
  failed ||= !report.valid;
  console.log(JSON.stringify(report));
}
process.exit(failed ? 1 : 0);

async function check(bytes, report) {
  const entries = unzipSync(bytes);
  const manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(entries["manifest.json"]));
  report.issuer = manifest.issuer.id;
  await checkProof(manifest, report);
  await checkMeaning(manifest, report);
  checkFiles(manifest, entries, report);
}

async function checkProof(manifest, report) {
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
  const result = await vc.verifyCredential({ credential: structuredClone(manifest), suite, documentLoader });
  if (!result.verified) {
    const errors = result.error?.errors ?? [result.error];
    report.errors.push(...errors.map((error) => `proof: ${error?.cause?.message ?? error?.message}`));
  }
}

// JSON-LD in safe mode throws where a term, a type or an address has no meaning and would be dropped.
async function checkMeaning(manifest, report) {
  const options = { documentLoader, safe: true, base: null, format: "application/n-quads" };
  const quads = (await jsonld.canonize(manifest, options)).split("\n").filter(Boolean);
  const bound = quads.filter((quad) => quad.includes("#relatedResource>"));
  if (bound.length !== manifest.relatedResource.length) {
    report.errors.push("meaning: the relatedResource list is not all there as RDF");
  }
}

function checkFiles(manifest, entries, report) {
  const unbound = new Set(Object.keys(entries).filter((name) => name !== "manifest.json"));
  for (const { id, name, mediaType, digestMultibase } of manifest.relatedResource) {
    report.files += 1;
    if (!entries[name]) {
      report.errors.push(`files: ${name} is missing`);
      continue;
    }
    unbound.delete(name);
    const digest = createHash("sha256").update(entries[name]).digest();
    const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), digest]);
    if (digestMultibase !== `u${multihash.toString("base64url")}`) {
      report.errors.push(`files: ${name} was changed`);
    }
    const address = `arcp://uuid,${manifest.id.replace("urn:uuid:", "")}/`;
    if (!mediaType || decodeURIComponent(id.replace(address, "")) !== name) {
      report.errors.push(`files: ${name} is not described as it should be`);
    }
  }
  report.errors.push(...[...unbound].map((name) => `files: ${name} was added`));
}

async function documentLoader(url) {
  const document = contexts.get(url) ?? (url.startsWith("did:key:") ? await keyDocument(url) : undefined);
  if (!document) {
    throw new Error(`${url} is not at hand, and nothing is fetched`);
  }
  return { contextUrl: null, documentUrl: url, document };
}

// did:key §3: the document of a key, or the verification method where the URL has a fragment.
async function keyDocument(url) {
  const [did, fragment] = url.split("#");
  const publicKeyMultibase = did.slice("did:key:".length);
  const id = `${did}#${publicKeyMultibase}`;
  const context = "https://w3id.org/security/multikey/v1";
  const method = { "@context": context, id, type: "Multikey", controller: did, publicKeyMultibase };
  await Ed25519Multikey.from(method);
  if (fragment !== undefined) {
    return fragment === publicKeyMultibase ? method : undefined;
  }
  const ofMethods = ["https://www.w3.org/ns/did/v1", context];
  return { "@context": ofMethods, id: did, verificationMethod: [method], assertionMethod: [id], authentication: [id] };
}
