/**
 * The wallet's commands, answered from memory: the first earned credential came signed, another one was changed on its way.
 * Runs inside the page, after `mock.mjs`: it may use nothing from outside itself.
 */
export function mockWallet() {
  const inner = window.__TAURI_INTERNALS__;
  const ask = inner.invoke.bind(inner);
  const NOW = '2026-05-13T12:40:00Z';
  const ISSUER = { id: 'did:web:badges.example.org', name: 'Cloud Native Academy' };
  const detail = (code, params = {}) => ({ code, params });
  const reason = (verdict, code, params) => ({ verdict, reason: '', next: '', detail: detail(code, params) });
  const MATERIALS = [
    {
      kind: 'key-document',
      url: 'did:web:badges.example.org',
      seen_at: '2026-03-02T10:11:00Z',
      sha256: 'b1946ac92492d2347c6235b4d2611184',
    },
  ];
  const SIGNED = [
    {
      at: NOW,
      ...reason('valid', 'credential-intact', { issuer: ISSUER.name }),
      checks: [
        { part: 'proof', ...reason('valid', 'proof-holds', { verification_method: `${ISSUER.id}#key-1` }) },
        { part: 'dates', ...reason('valid', 'credential-intact', { issuer: ISSUER.name }) },
        { part: 'status', ...reason('cannot-check', 'unknown-status', { kind: 'BitstringStatusListEntry' }) },
      ],
      materials: MATERIALS,
      inside: [
        {
          place: 'credentialSubject/achievement/endorsement',
          issuer: { id: 'did:web:forum.example.org', name: 'Operators’ Forum' },
          ...reason('valid', 'credential-intact', { issuer: 'Operators’ Forum' }),
        },
      ],
    },
    {
      at: '2026-03-02T10:11:00Z',
      ...reason('cannot-check', 'unknown-key', { issuer: ISSUER.id }),
      checks: [],
      materials: [],
    },
  ];
  const CHANGED = [
    {
      at: NOW,
      ...reason('invalid', 'signature-mismatch'),
      checks: [{ part: 'proof', ...reason('invalid', 'signature-mismatch') }],
      materials: [],
    },
  ];
  const nobody = { id: null, name: null, url: null, email: null, phone: null, description: null, image: null };
  const VIEW = {
    kind: 'badge',
    id: 'urn:uuid:6f7a1a1e-3f0a-4a5e-9d63-0b9e5a1c2d30',
    types: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Certified Kubernetes Administrator',
    description: 'Runs, mends and upgrades clusters under time pressure.',
    image: null,
    issuer: { ...nobody, ...ISSUER, url: 'https://badges.example.org', email: 'registrar@badges.example.org' },
    dates: { awarded: null, valid_from: '2025-09-12T00:00:00Z', valid_until: '2027-09-12T00:00:00Z' },
    subject: {
      id: null,
      name: null,
      identities: [{ kind: 'emailAddress', value: 'sha256$7c9e…', hashed: true, salt: 'pepper' }],
      narrative: null,
      role: null,
      licence_number: 'LF-0000',
      term: null,
      credits_earned: null,
      activity_start: null,
      activity_end: null,
      source: null,
      image: null,
    },
    achievements: [
      {
        id: 'https://badges.example.org/cka',
        kind: 'Certification',
        name: 'Certified Kubernetes Administrator',
        description: 'Runs, mends and upgrades clusters under time pressure.',
        image: null,
        criteria_url: 'https://badges.example.org/cka/criteria',
        criteria: 'Pass a two-hour practical examination on live clusters, **66 %** or more.',
        creator: null,
        code: 'CKA',
        field_of_study: 'Computing',
        specialization: null,
        language: 'en',
        version: '1.34',
        credits_available: null,
        tags: ['kubernetes', 'operations'],
        alignments: [
          {
            name: 'Container orchestration',
            framework: 'ESCO',
            code: '2511.4',
            url: 'https://data.europa.eu/esco/skill/0000',
            kind: null,
            description: null,
          },
        ],
        result_descriptions: [
          {
            id: 'urn:uuid:1',
            name: 'Troubleshooting',
            kind: 'RubricCriterionLevel',
            allowed: [],
            required_value: null,
            required_level: 'Sound',
            min: null,
            max: null,
            levels: ['Begun', 'Sound', 'Outstanding'].map(name => ({
              id: null,
              name,
              level: null,
              description: {
                Begun: 'Finds the fault with help.',
                Sound: 'Finds and mends the fault within the time.',
                Outstanding: 'Finds and mends the fault, and says what would have kept it from happening.',
              }[name],
              points: null,
            })),
            alignments: [],
          },
        ],
        related: [],
        other_identifiers: [],
      },
    ],
    results: [
      {
        description: 'urn:uuid:1',
        name: 'Troubleshooting',
        kind: 'RubricCriterionLevel',
        value: null,
        status: null,
        level: 'Outstanding',
        required: 'Sound',
        max: null,
        alignments: [],
      },
    ],
    evidence: [
      {
        url: 'https://badges.example.org/evidence/1',
        name: 'Examination record',
        description: null,
        narrative: 'Seventeen tasks on six clusters.',
        genre: 'Examination',
        audience: null,
        digest: null,
      },
    ],
    endorsements: [
      {
        place: 'credentialSubject/achievement/endorsement',
        of: 'achievement',
        by: { ...nobody, id: 'did:web:forum.example.org', name: 'Operators’ Forum' },
        comment: 'Asks for what the work asks for.',
        name: null,
        dates: { awarded: null, valid_from: null, valid_until: null },
        signed: true,
      },
    ],
    endorsement_comment: null,
    contains: [],
    status: [],
    schemas: [],
    address: null,
    extra: [{ path: 'credentialSubject/achievement/inLanguage', text: 'en' }],
  };
  const EVERYTHING = {
    text: '',
    statuses: ['earned'],
    sorts: [],
    order: 'position',
    descending: false,
    offset: 0,
    limit: 3,
  };
  const received = async () => {
    const { items } = await ask('list', { kind: 'credential', query: EVERYTHING });
    return items.slice(0, 2).map(({ id }, index) => ({
      id: `held-${index}`,
      credential: id,
      name: 'badge.json',
      media_type: 'application/json',
      size: 4_120,
      format: 'open-badges-3',
      place: '',
      grouping: null,
      picture: index === 0 ? 'latency-chart.png' : null,
      issuer: ISSUER,
      own: false,
      received_at: '2026-03-02T10:10:00Z',
      replaced: false,
      verdict: index === 0 ? 'valid' : 'invalid',
    }));
  };
  /** Who signed for a record: what came signed, and the first and second skill, which its credentials name. */
  const source = async record => {
    const all = await received();
    const skills = await ask('skill_backing');
    const by = all
      .filter((held, index) => held.credential === record || skills[index]?.id === record)
      .map(held => ({
        held: held.id,
        credential: held.credential,
        title: 'Certified Kubernetes Administrator',
        issuer: ISSUER.name,
        own: false,
        verdict: held.verdict,
        signed: held.verdict === 'valid',
        differs: [],
      }));
    return { record, kind: by.some(({ signed }) => signed) ? 'issuer-signed' : 'unsigned', by };
  };
  const verdictsOn = id => (id === 'held-0' ? SIGNED : CHANGED);
  const commands = {
    held_of: async ({ credential }) => (await received()).filter(held => held.credential === credential),
    held: async ({ id }) => ({
      held: (await received()).find(held => held.id === id),
      view: VIEW,
      verdict: verdictsOn(id)[0],
      filled: [],
      relations: [],
      identity:
        id === 'held-0' ? { matches: true, identity: 'ines.duarte@example.org' } : { matches: false, identity: null },
    }),
    verdict_history: ({ id }) => verdictsOn(id),
    held_overview: async () => {
      const total = (await received()).length;
      const [valid, invalid] = [Math.min(total, 1), Math.max(0, total - 1)];
      return { total, valid, invalid, cannot_check: 0, not_yet_valid: 0, expired: 0, revoked: 0, unchecked: 0 };
    },
    held_standings: async ({ ids }) =>
      (await received())
        .filter(held => ids.includes(held.credential))
        .map(({ credential, verdict, own }) => ({ credential, verdict, own, of_another: false })),
    sources: async ({ ids }) => Promise.all(ids.map(source)),
    skill_backing: async () =>
      Promise.all((await ask('skill_backing')).map(async skill => ({ ...skill, source: await source(skill.id) }))),
    check: async () => (await received()).map(({ id }) => ({ id, ...verdictsOn(id)[0] })),
    refresh_hosts: () => [
      { host: 'badges.example.org', why: ['key-document', 'status-list'], credentials: 2 },
      { host: 'status.example.net', why: ['status-list'], credentials: 1 },
    ],
    refresh: async ({ hosts }) => ({
      hosts: hosts.map((host, index) => ({
        host,
        got: index === 0 ? 2 : 0,
        problem: index === 0 ? null : `${host} gave nothing new: it took too long to answer.`,
        code: index === 0 ? null : 'too-slow',
      })),
      checked: (await received()).map(({ id }) => ({ id, ...verdictsOn(id)[0] })),
    }),
    packet_credential: () => VIEW,
    letter: () => ({
      to: 'registrar@badges.example.org',
      subject: 'The badge “Certified Kubernetes Security Specialist” does not verify',
      body: 'Dear registrar,\n\nyou issued me the badge “Certified Kubernetes Security Specialist” on 12 September 2025.\n\nIts text was changed after it was signed, so nobody can rely on it.\n\nPlease send it to me again as you signed it.\n\nInês Duarte',
    }),
  };
  inner.invoke = async (name, args) =>
    commands[name] ? structuredClone(await commands[name](args ?? {})) : ask(name, args);
}
