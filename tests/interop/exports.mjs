// Checks what Cairn signs with implementations that Cairn does not use: npm @digitalbazaar/vc with its eddsa-rdfc-2022 suite
// and jsonld in safe mode for JSON, npm jose for JWT. Badges in PNG and SVG are taken out of their pictures here.
//
//   node tests/interop/exports.mjs FOLDER
//
// Prints one JSON line a file, {"file", "valid", "checks", "errors"}; exits 1 where one is not valid. Offline: contexts come
// from the pinned copies in cairn-proof, each compared with its SHA-256.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import * as jose from "jose";

const pinned = new URL("../../src-tauri/crates/cairn-proof/src/jsonld/contexts/", import.meta.url);
const contexts = new Map();
for (const { file, urls, sha256 } of JSON.parse(readFileSync(new URL("index.json", pinned), "utf8"))) {
  const bytes = readFileSync(new URL(file, pinned));
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error(`${file} is not the pinned one`);
  for (const url of urls) contexts.set(url, JSON.parse(bytes));
}

let failed = false;
const folder = process.argv[2];
for (const name of readdirSync(folder).sort()) {
  const report = { file: name, valid: false, checks: [], errors: [] };
  try {
    await check(name, readFileSync(join(folder, name)), report);
  } catch (error) {
    report.errors.push(String(error.message ?? error));
  }
  report.valid = report.errors.length === 0 && report.checks.length > 0;
  failed ||= !report.valid;
  console.log(JSON.stringify(report));
}
process.exit(failed ? 1 : 0);

async function check(name, bytes, report) {
  if (name.endsWith(".jwt")) return checkJwt(bytes.toString("utf8").trim(), report);
  const text = name.endsWith(".png") ? fromPng(bytes) : name.endsWith(".svg") ? fromSvg(bytes.toString("utf8")) : bytes.toString("utf8");
  const credential = JSON.parse(text);
  await checkProof(credential, report);
  for (const inside of credential.credentialSubject.verifiableCredential ?? []) await checkProof(inside, report);
}

async function checkProof(credential, report) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const result = await vc.verifyCredential({ credential: structuredClone(credential), suite, documentLoader });
  if (result.verified) return report.checks.push("@digitalbazaar/vc");
  const errors = result.error?.errors ?? [result.error];
  report.errors.push(...errors.map((error) => `proof: ${error?.cause?.message ?? error?.message}`));
}

async function checkJwt(token, report) {
  const { kid, iss } = { ...jose.decodeProtectedHeader(token), ...jose.decodeJwt(token) };
  const multikey = (kid ?? iss).split("#")[0].slice("did:key:".length);
  const { publicKey } = await (await Ed25519Multikey.from({ type: "Multikey", publicKeyMultibase: multikey })).export({ publicKey: true, raw: true });
  const key = await jose.importJWK({ kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") }, "EdDSA");
  const { payload } = await jose.jwtVerify(token, key, { issuer: `did:key:${multikey}`, clockTolerance: "40y" });
  const issuer = (payload.vc ?? payload).issuer;
  if ((issuer.id ?? issuer) !== payload.iss) throw new Error("jwt: iss is not the issuer");
  report.checks.push("jose");
}

// Open Badges 3.0 §5.3.1: an uncompressed iTXt chunk with the keyword openbadgecredential.
function fromPng(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const [length, kind] = [bytes.readUInt32BE(at), bytes.toString("latin1", at + 4, at + 8)];
    const data = bytes.subarray(at + 8, at + 8 + length);
    const keyword = data.indexOf(0);
    if (kind === "iTXt" && data.toString("latin1", 0, keyword) === "openbadgecredential") {
      const language = data.indexOf(0, keyword + 3);
      const text = data.subarray(data.indexOf(0, language + 1) + 1);
      return (data[keyword + 1] === 1 ? inflateSync(text) : text).toString("utf8");
    }
    at += 12 + length;
  }
  throw new Error("the picture holds no badge");
}

// §5.3.2: the element openbadges:credential, its text in CDATA.
function fromSvg(text) {
  const [, inside] = text.match(/<openbadges:credential[^>]*>([\s\S]*?)<\/openbadges:credential>/) ?? [];
  if (inside === undefined) throw new Error("the picture holds no badge");
  return inside.trim().replace(/^<!\[CDATA\[/, "").replace(/\]\]>$/, "").replaceAll("]]]]><![CDATA[>", "]]>");
}

async function documentLoader(url) {
  const document = contexts.get(url) ?? (url.startsWith("did:key:") ? await keyDocument(url) : undefined);
  if (!document) throw new Error(`${url} is not at hand, and nothing is fetched`);
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
  if (fragment !== undefined) return fragment === publicKeyMultibase ? method : undefined;
  return { "@context": ["https://www.w3.org/ns/did/v1", context], id: did, verificationMethod: [method], assertionMethod: [id] };
}
