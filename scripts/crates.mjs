// Holds the shape of the house: which crate may know which, and how many crates the lock may name.
// docs/architecture.md draws the same arrows: shell → app → {vault, proof, document, exchange} → domain.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// 740 carried the window, the store and the typesetter. Verifying what issuers send adds ECDSA and RSA, JSON schemas, the age
// file format (55 of them, most for translations) and one HTTPS client.
const MOST_LOCKED = 850;

const middle = ['cairn-vault', 'cairn-proof', 'cairn-document', 'cairn-exchange'];
const mayKnow = {
    cairn: ['cairn-app'],
    'cairn-app': [...middle, 'cairn-domain'],
    'cairn-vault': ['cairn-domain'],
    'cairn-proof': ['cairn-domain'],
    'cairn-document': ['cairn-domain'],
    'cairn-exchange': ['cairn-domain'],
    'cairn-domain': [],
};
// Only the named crate knows these (names by pattern); a dependency for tests counts as well.
const kept = [
    [/^rusqlite$|^libsqlite3-sys$/, 'cairn-vault'],
    [/^typst(-|$)|^printpdf$|^krilla$/, 'cairn-document'],
    [/-dalek$|jsonld|^rdf-canon$|^keyring|-keyring-store$|secret-service$/, 'cairn-proof'],
    [/^tauri(-|$)|^rfd$|^clap$/, 'cairn'],
];

const metadata = JSON.parse(
    execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps', '--locked'], { maxBuffer: 1 << 28, encoding: 'utf8' }),
);
const wrong = [];
for (const { name, dependencies } of metadata.packages) {
    const allowed = mayKnow[name];
    if (!allowed) {
        wrong.push(`${name} is a new crate: give it its place in scripts/crates.mjs and docs/architecture.md.`);
        continue;
    }
    for (const { name: other } of dependencies) {
        if (other in mayKnow && !allowed.includes(other)) {
            wrong.push(`${name} must not know ${other}.`);
        }
        for (const [pattern, keeper] of kept) {
            if (pattern.test(other) && name !== keeper) {
                wrong.push(`${name} must not know ${other}: only ${keeper} does.`);
            }
        }
    }
}

const locked = readFileSync('Cargo.lock', 'utf8').match(/^\[\[package\]\]$/gm).length;
if (locked > MOST_LOCKED) {
    wrong.push(`Cargo.lock names ${locked} crates, ${MOST_LOCKED} is the ceiling. Do without, or raise it with the reason in the commit.`);
}

for (const line of wrong) console.error(line);
console.log(`${metadata.packages.length} crates keep their arrows; ${locked} of at most ${MOST_LOCKED} crates locked`);
process.exitCode = wrong.length > 0 ? 1 : 0;
