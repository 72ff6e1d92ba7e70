// How fast `cairn verify` is beside npm @digitalbazaar/vc with its eddsa-rdfc-2022 suite, over the same files: whole processes,
// one after the other in the same run, the best of three each. The badges are made and signed here, with the npm suite.
//
//   node tests/interop/verify-speed.mjs [CAIRN]
//
// CAIRN is target/release/cairn unless given. Every file must be found valid by both. Contexts are the pinned copies in
// cairn-proof; nothing is fetched.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

const FILES = 200;
const ROUNDS = 3;
const PROMISE = 10;
/** Makes this file the other side: a process that verifies what it is given. */
const THEIRS = "--verify";

const pinned = new URL("../../src-tauri/crates/cairn-proof/src/jsonld/contexts/", import.meta.url);
const contexts = new Map();
for (const { file, urls } of JSON.parse(readFileSync(new URL("index.json", pinned), "utf8"))) {
  for (const url of urls) contexts.set(url, new URL(file, pinned));
}

if (process.argv[2] === THEIRS) await verify(process.argv.slice(3));
else await compare(resolve(process.argv[2] ?? "target/release/cairn"));

async function compare(cairn) {
  const folder = mkdtempSync(join(tmpdir(), "cairn-speed-"));
  try {
    await sign(folder);
    const files = readdirSync(folder).map((name) => join(folder, name));
    const ours = seconds(cairn, ["--json", "verify", ...files], (line) => JSON.parse(line).verdict === "valid");
    const theirs = seconds(process.execPath, [fileURLToPath(import.meta.url), THEIRS, ...files], (line) => line === "true");
    const row = (name, value, rest = "") => console.log(`${name.padEnd(58)} ${value.padStart(9)} ${rest}`.trimEnd());
    row(`verify ${FILES} badges with Cairn, whole process (ms)`, (ours * 1e3).toFixed(0));
    row(`the same with @digitalbazaar/vc (ms)`, (theirs * 1e3).toFixed(0), `${(theirs / ours).toFixed(1).padStart(8)}×         ≥ ${PROMISE}×`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The best of some runs of a program that must find every file valid, a line each. */
function seconds(program, args, isValid) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    const time = Number(process.hrtime.bigint() - start) / 1e9;
    const lines = (stdout ?? "").split("\n").filter(Boolean);
    if (status !== 0 || lines.length !== FILES || !lines.every(isValid)) throw new Error(`${program} did not find all valid: ${stderr}`);
    return time;
  });
  return Math.min(...times);
}

async function verify(files) {
  for (const file of files) {
    const credential = JSON.parse(readFileSync(file, "utf8"));
    const { verified } = await vc.verifyCredential({ credential, suite: new DataIntegrityProof({ cryptosuite }), documentLoader });
    console.log(verified);
  }
}

/** Badges of a school that differ in their texts. */
async function sign(folder) {
  const key = await Ed25519Multikey.generate();
  const issuer = `did:key:${key.publicKeyMultibase}`;
  Object.assign(key, { controller: issuer, id: `${issuer}#${key.publicKeyMultibase}` });
  const date = "2025-01-09T15:06:31Z";
  for (let number = 0; number < FILES; number += 1) {
    const name = `Statistics, part ${number}`;
    const credential = {
      "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
      id: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
      type: ["VerifiableCredential", "OpenBadgeCredential"],
      name,
      issuer: { id: issuer, type: ["Profile"], name: "A school", url: "https://school.example" },
      validFrom: date,
      credentialSubject: {
        type: ["AchievementSubject"],
        id: "did:example:ada",
        achievement: {
          id: `https://school.example/achievements/${number}`,
          type: ["Achievement"],
          achievementType: "Certificate",
          name,
          description: "Designs experiments, chooses tests and reads their results.",
          criteria: { type: "Criteria", narrative: "Eight exercises and a **project** that two teachers read." },
          alignment: [{ type: ["Alignment"], targetName: "Statistics", targetUrl: "https://skills.example/1" }],
        },
      },
    };
    const suite = new DataIntegrityProof({ signer: key.signer(), date, cryptosuite });
    const signed = await vc.issue({ credential, suite, documentLoader });
    writeFileSync(join(folder, `${String(number).padStart(3, "0")}.json`), JSON.stringify(signed));
  }
}

/** Pinned contexts, each read once; and keys out of their own names. */
async function documentLoader(url) {
  if (url.startsWith("did:key:")) return loaded(url, await keyDocument(url));
  const known = contexts.get(url);
  if (known === undefined) throw new Error(`${url} is not at hand`);
  if (known instanceof URL) contexts.set(url, JSON.parse(readFileSync(known, "utf8")));
  return loaded(url, contexts.get(url));
}

function loaded(url, document) {
  return { contextUrl: null, documentUrl: url, document };
}

async function keyDocument(url) {
  const [did, fragment] = url.split("#");
  const publicKeyMultibase = did.slice("did:key:".length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = { "@context": "https://w3id.org/security/multikey/v1", type: "Multikey", id, controller: did, publicKeyMultibase };
  if (fragment !== undefined) return method;
  const { "@context": context, ...published } = method;
  return { "@context": ["https://www.w3.org/ns/did/v1", context], id: did, verificationMethod: [published], assertionMethod: [id] };
}
