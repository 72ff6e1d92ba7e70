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
import * as vc from "@digitalbazaar/vc";
import { OPEN_BADGES, V2, documentLoader, keyOf, rdfc as cryptosuite, sign } from "./school.mjs";

const FILES = 1000;
const ROUNDS = 3;
const PROMISE = 10;
/** Makes this file the other side: a process that verifies what it is given. */
const THEIRS = "--verify";

if (process.argv[2] === THEIRS) await verify(process.argv.slice(3));
else await compare(resolve(process.argv[2] ?? "target/release/cairn"));

async function compare(cairn) {
  const folder = mkdtempSync(join(tmpdir(), "cairn-speed-"));
  try {
    await fill(folder);
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
async function fill(folder) {
  const key = await keyOf({ fresh: true });
  const date = "2025-01-09T15:06:31Z";
  for (let number = 0; number < FILES; number += 1) {
    const name = `Statistics, part ${number}`;
    const credential = {
      "@context": [V2, OPEN_BADGES],
      id: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
      type: ["VerifiableCredential", "OpenBadgeCredential"],
      name,
      issuer: { id: key.controller, type: ["Profile"], name: "A school", url: "https://school.example" },
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
          criteria: { narrative: "Eight exercises and a **project** that two teachers read." },
          alignment: [{ type: ["Alignment"], targetName: "Statistics", targetUrl: "https://skills.example/1" }],
        },
      },
    };
    const signed = await sign(credential, { key, date, cryptosuite });
    writeFileSync(join(folder, `${String(number).padStart(3, "0")}.json`), JSON.stringify(signed));
  }
}
