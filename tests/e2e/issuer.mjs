// An issuer that Cairn did not write (tests/interop/school.mjs) signs Open Badges 3.0 and status lists for the journeys.

import { OPEN_BADGES, V2, keyOf, sign, statusEntry, statusList } from '../interop/school.mjs';

/** Somebody with a key of their own. */
export async function issuer() {
  const key = await keyOf({ fresh: true });
  return {
    did: key.controller,
    sign: credential => sign(credential, { key }),
    /** A signed list of bits, packed with gzip, that says which credentials were taken back. */
    list: (url, packed) => statusList(url, packed, { key, validFrom: '2025-01-01T00:00:00Z' }),
  };
}

/** A signed Open Badge for an achievement called `name`, which stands for `skill`. */
export async function issue(by, { name = 'Rope access', status, skill } = {}) {
  return by.sign({
    '@context': [V2, OPEN_BADGES],
    id: 'urn:uuid:6f7a1a1e-3f0a-4a5e-9d63-0b9e5a1c2d30',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: { id: by.did, type: ['Profile'], name: 'Rope Access School', email: 'registrar@example.org' },
    validFrom: '2025-05-01T00:00:00Z',
    ...(status && { credentialStatus: statusEntry(status.url, status.index) }),
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: {
        id: 'urn:uuid:0e0a9a55-7f43-4d6c-9c41-3b1c1f7a8a11',
        type: ['Achievement'],
        achievementType: 'Certificate',
        name,
        description: 'Works safely on two ropes.',
        ...(skill && { alignment: [{ type: ['Alignment'], targetName: skill, targetUrl: 'https://example.org/skills/1' }] }),
        criteria: { narrative: 'Inspect an anchor; rescue a casualty from height.' },
      },
    },
  });
}
