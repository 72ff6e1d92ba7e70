// An issuer that Cairn did not write: Digital Bazaar's libraries sign Open Badges 3.0 and status lists for the journeys.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { project } from './window.mjs';

// They are installed for tests/interop and looked for from there.
const need = createRequire(join(project, 'tests/interop/package.json'));
const load = name => import(need.resolve(name));

const V2 = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** Somebody with a key of their own. */
export async function issuer() {
  const Ed25519Multikey = await load('@digitalbazaar/ed25519-multikey');
  const key = await Ed25519Multikey.generate();
  const did = `did:key:${key.publicKeyMultibase}`;
  Object.assign(key, { id: `${did}#${key.publicKeyMultibase}`, controller: did });
  const sign = async credential => {
    const { DataIntegrityProof } = await load('@digitalbazaar/data-integrity');
    const { createSignCryptosuite } = await load('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
    const { contexts } = await load('@digitalbazaar/credentials-context');
    const vc = await load('@digitalbazaar/vc');
    const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite: createSignCryptosuite() });
    // The signature is over the JSON as it stands: contexts that are not at hand play no part in it.
    const documentLoader = async url => ({ contextUrl: null, documentUrl: url, document: contexts.get(url) ?? { '@context': {} } });
    return vc.issue({ credential, suite, documentLoader });
  };
  /** A signed list of bits, packed with gzip, that says which credentials were taken back. */
  const list = (url, packed) =>
    sign({
      '@context': [V2],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: did,
      validFrom: '2025-01-01T00:00:00Z',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: `u${packed.toString('base64url')}`,
      },
    });
  return { did, sign, list };
}

/** A signed Open Badge for an achievement called `name`. */
export async function issue(by, { name = 'Rope access', status } = {}) {
  return by.sign({
    '@context': [V2, OPEN_BADGES],
    id: 'urn:uuid:6f7a1a1e-3f0a-4a5e-9d63-0b9e5a1c2d30',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: { id: by.did, type: ['Profile'], name: 'Rope Access School', email: 'registrar@example.org' },
    validFrom: '2025-05-01T00:00:00Z',
    ...(status && {
      credentialStatus: {
        id: `${status.url}#${status.index}`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: String(status.index),
        statusListCredential: status.url,
      },
    }),
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: {
        id: 'urn:uuid:0e0a9a55-7f43-4d6c-9c41-3b1c1f7a8a11',
        type: ['Achievement'],
        achievementType: 'Certificate',
        name,
        description: 'Works safely on two ropes.',
        criteria: { narrative: 'Inspect an anchor; rescue a casualty from height.' },
      },
    },
  });
}
