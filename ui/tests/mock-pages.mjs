/**
 * The commands behind Today, Documents and Verify, answered from the vault in memory of `mock.mjs`. Runs inside the page,
 * after it: it may use nothing from outside itself. A `vault` that is `damaged`, `newer` or `read-only` answers like one.
 */
export function mockPages(vault) {
  const inner = window.__TAURI_INTERNALS__;
  const ask = inner.invoke.bind(inner);
  const EVERYTHING = {
    text: '',
    statuses: [],
    sorts: [],
    order: 'position',
    descending: false,
    offset: 0,
    limit: 10_000,
  };
  const all = async kind => (await ask('list', { kind, query: EVERYTHING })).items;
  const SECTIONS = {
    profile: 'Summary',
    credential: 'Certifications',
    skill: 'Skills',
    work: 'Experience',
    story: 'Selected results',
    project: 'Projects',
    education: 'Education',
    volunteering: 'Volunteering',
    award: 'Awards',
    publication: 'Publications',
    language: 'Languages',
    interest: 'Interests',
    reference: 'References',
    evidence: 'Evidence',
  };
  const drawnPages = new Map();
  /** What is at `page/<revision>/<name>`. */
  window.__page = (revision, name) => drawnPages.get(revision)?.[Number.parseInt(name, 10)];

  const entryOf = (record, given = {}) => ({ shown: true, title: '', summary: '', highlights: null, ...given, record });
  async function outline({ collection }) {
    const { fields } = await ask('show', { kind: 'collection', id: collection });
    const named = (fields.sections ?? []).map(section => ({ shown: true, title: '', ...section }));
    const rest = Object.keys(SECTIONS).filter(kind => !named.some(section => section.kind === kind));
    const sections = [...named, ...rest.map(kind => ({ kind, shown: true, title: '' }))];
    sections.sort((one, other) => Number(other.kind === 'profile') - Number(one.kind === 'profile'));
    for (const section of sections) {
      const items = section.kind === 'profile' ? [] : await all(section.kind);
      const chosen = (fields.entries ?? []).filter(entry => items.some(item => item.id === entry.record));
      const others = items.filter(item => !chosen.some(entry => entry.record === item.id));
      const row = (item, inIt, wording) => ({
        record: item.id,
        kind: item.kind,
        title: item.title,
        subtitle: item.subtitle,
        status: item.status,
        shown: inIt && wording.shown,
        in_collection: inIt,
        wording,
        undecided: !inIt && item.id === 'work-3',
        before: null,
      });
      section.usual_title = SECTIONS[section.kind];
      section.left_out =
        section.kind === 'credential'
          ? items.filter(item => ['planned', 'considering'].includes(item.status)).length
          : 0;
      section.entries = [
        ...chosen.map(entry =>
          row(
            items.find(item => item.id === entry.record),
            true,
            entryOf(entry.record, entry),
          ),
        ),
        ...others
          .filter(item => section.kind !== 'credential' || ['earned', 'expired', 'in-progress'].includes(item.status))
          .map(item => row(item, false, entryOf(item.id))),
      ];
    }
    return { sections };
  }

  const escaped = text => text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);
  /** A page that looks like one from afar: the headings and titles where they would stand. */
  async function preview({ collection, draft }) {
    const stored = (await ask('show', { kind: 'collection', id: collection })).fields;
    const fields = { ...stored, ...draft };
    const profile = (await ask('single', { kind: 'profile' })).fields;
    const lines = [];
    const put = (text, size = 10, gap = 15, weight = 400) => lines.push({ text, size, gap, weight });
    put(profile.name ?? '', 24, 60, 600);
    put(fields.headline || profile.headline || '', 11, 20);
    for (const part of wrapped(fields.summary || profile.summary || '')) put(part);
    const plan = (await outline({ collection })).sections;
    const order = [
      ...(fields.sections ?? []),
      ...plan.filter(one => !(fields.sections ?? []).some(two => two.kind === one.kind)),
    ];
    for (const section of order) {
      if (section.shown === false || section.kind === 'profile' || section.kind === 'evidence') continue;
      const items = await all(section.kind);
      const entries = (fields.entries ?? []).filter(
        entry => entry.shown !== false && items.some(item => item.id === entry.record),
      );
      if (entries.length === 0) continue;
      put(section.title || SECTIONS[section.kind], 13, 28, 600);
      for (const entry of entries) {
        const item = items.find(one => one.id === entry.record);
        put(`${entry.title || item.title} · ${item.subtitle}`.slice(0, 90), 10, 18, 600);
        if (entry.summary) for (const part of wrapped(entry.summary)) put(part);
        for (const bullet of entry.highlights ?? []) put(`•  ${bullet}`);
      }
    }
    const letter = fields.paper === 'letter';
    const [width, height] = letter ? [612, 792] : [595, 842];
    const pages = [[]];
    let at = 0;
    for (const line of lines) {
      if (at + line.gap > height - 50) {
        pages.push([]);
        at = 36;
      }
      at += line.gap;
      pages
        .at(-1)
        .push(
          `<text x="50" y="${at}" font-size="${line.size}" font-weight="${line.weight}" font-family="sans-serif">${escaped(line.text)}</text>`,
        );
    }
    const drawn = pages.map(
      texts =>
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#fff"/>${texts.join('')}</svg>`,
    );
    const revision = `z${[...JSON.stringify(drawn)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7) >>> 0}`;
    drawnPages.set(revision, drawn);
    const untold = (await all('credential')).find(item => item.title.startsWith('Terraform'));
    const warnings = untold
      ? [{ code: 'credential-without-outcome', params: { record: untold.id, title: untold.title } }]
      : [];
    if (!profile.name) warnings.push({ code: 'no-name', params: {} });
    const marks = drawn.map((svg, index) => `${index}-${svg.length}-${revision}`);
    return { revision, pages: drawn.length, marks, warnings };
  }
  function wrapped(text) {
    const parts = [];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const last = parts.at(-1);
      if (last !== undefined && last.length + word.length < 95) parts[parts.length - 1] = `${last} ${word}`;
      else parts.push(word);
    }
    return parts;
  }

  const counted = (text, limit) => ({ text, graphemes: text.length, utf16: text.length, limit });
  async function linkedin({ collection }) {
    const { fields } = await ask('show', { kind: 'collection', id: collection });
    const earned = (await all('credential')).filter(item => item.status === 'earned').slice(0, 3);
    return {
      headline: counted(fields.headline ?? '', 220),
      about: counted(`${fields.summary ?? ''}\n\n${'What I did last. '.repeat(160)}`, 2600),
      certifications: earned.map(item => ({
        id: item.id,
        name: counted(item.title, 100),
        organisation: counted(item.subtitle, 100),
        issued: item.date?.slice(0, 7) ?? null,
        expires: null,
        credential_id: counted('LF-9f2k1', 80),
        url: counted('https://verify.example.org/LF-9f2k1', 256),
        skills: ['Kubernetes', 'Linux'],
        add_url: 'https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Certified',
      })),
    };
  }

  const REPORT = {
    checks: [],
    inside: [],
    used: [],
    lines: [],
    file: 'Ines Duarte - Platform.cairn',
    verdict: 'valid',
    reason: 'The claims and all 5 files are as Inês Duarte (did:key:z6Mkha) signed them on 2026-05-12T08:00:00Z.',
    next: 'Compare the key with the one its owner gave you.',
    detail: {
      code: 'packet-intact',
      params: {
        signer: 'Inês Duarte',
        did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
        files: 5,
        signed_on: '2026-05-12T08:00:00Z',
      },
    },
    issuer: { id: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', name: 'Inês Duarte' },
    proofs: [
      {
        suite: 'eddsa-jcs-2022',
        verification_method:
          'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
        created: '2026-05-12T08:00:00Z',
        verdict: 'valid',
        reason: 'The signature holds.',
      },
    ],
    changed: [],
    checked_at: '2026-05-13T09:41:00Z',
  };
  const REPORTS = [
    REPORT,
    {
      ...REPORT,
      file: 'changed.cairn',
      verdict: 'invalid',
      detail: {
        code: 'contents-differ',
        params: { changed: ['resume.pdf'], missing: ['files/latency-chart.png'], added: [] },
      },
      changed: ['resume.pdf', 'files/latency-chart.png'],
      proofs: [{ ...REPORT.proofs[0], verdict: 'valid' }],
    },
    {
      ...REPORT,
      file: 'badge-2023.json',
      verdict: 'expired',
      issuer: { id: 'https://issuer.example.org', name: 'Open Operations Academy' },
      detail: { code: 'expired', params: { until: '2025-12-31T23:59:59Z' } },
    },
    {
      ...REPORT,
      file: 'somewhere.json',
      verdict: 'cannot-check',
      issuer: { id: 'did:web:issuer.example.org', name: null },
      detail: { code: 'unknown-key', params: { issuer: 'did:web:issuer.example.org' } },
      proofs: [{ ...REPORT.proofs[0], verdict: 'cannot-check' }],
    },
  ];

  const packetOf = report => {
    const changed = report.changed.length > 0;
    const recorded = [{ verdict: 'valid', reason: 'The credential is as it was signed.', at: '2026-05-12T08:00:00Z' }];
    const credential = (part, file, title, over) => ({
      part,
      file,
      title,
      recorded,
      report: { ...REPORT, file, ...over },
    });
    const issuer = { id: 'did:web:badges.example.org', name: 'Cloud Native Academy' };
    const intact = { code: 'credential-intact', params: { issuer: issuer.name } };
    const file = (role, name, over) => ({
      file: role === 'evidence' ? `evidence/1-${name}` : name,
      name,
      role,
      of: null,
      media_type: 'application/json',
      size: 48_211,
      sha256: name,
      preview: 'none',
      intact: true,
      ...over,
    });
    return {
      file: report.file,
      title: 'Senior platform roles',
      owner: 'Inês Duarte',
      made: '2026-05-12T08:00:00Z',
      report: {
        ...report,
        lines: [
          {
            text: 'Certified Kubernetes Administrator',
            provenance: 'issuer-signed',
            by: issuer.name,
            file: 'credentials/01-cka.json',
            signed: 'Certified Kubernetes Administrator',
            own: [],
            by_copy: false,
            verdict: 'valid',
          },
          {
            text: 'HashiCorp Terraform Associate',
            provenance: 'self-signed',
            by: 'HashiCorp',
            file: 'credentials/02-terraform.png',
            signed: 'Terraform Associate',
            own: ['HashiCorp Terraform Associate'],
            by_copy: false,
            verdict: 'expired',
          },
          {
            text: 'Cut checkout latency by 63 %',
            provenance: 'self-signed',
            by: null,
            file: null,
            signed: null,
            own: [],
            by_copy: false,
            verdict: 'valid',
          },
          {
            text: 'Portuguese, English',
            provenance: 'unsigned',
            by: null,
            file: null,
            signed: null,
            own: [],
            by_copy: false,
            verdict: null,
          },
        ],
      },
      about: [
        { term: 'email', text: 'ines.duarte@example.org' },
        { term: 'jobTitle', text: 'Platform engineer who makes quiet clusters' },
        { term: 'sameAs', text: 'https://github.com/ines-duarte\nhttps://www.linkedin.com/in/ines-duarte' },
      ],
      credentials: [
        credential('issued', 'credentials/01-cka.json', 'Certified Kubernetes Administrator', {
          issuer,
          detail: intact,
        }),
        credential('issued', 'credentials/02-terraform.png', 'HashiCorp Terraform Associate', {
          issuer: { id: 'https://badges.hashicorp.example', name: 'HashiCorp' },
          verdict: 'expired',
          detail: { code: 'expired', params: { until: '2026-05-12T23:59:59Z' } },
        }),
        credential('endorsement', 'endorsements/01-grace.json', 'Endorsement by Grace Muller', {
          issuer: { id: 'did:key:z6Mkgrace', name: 'Grace Muller' },
          verdict: 'cannot-check',
          detail: { code: 'unknown-key', params: { issuer: 'did:web:grace.example' } },
        }),
        credential('self-issued', 'self-issued/01-outage.json', 'The night the ingress went quiet', { detail: intact }),
      ],
      claims: [
        {
          kind: 'work',
          name: 'Platform engineer',
          texts: [
            { term: 'endDate', text: '2026-02' },
            { term: 'highlights', text: 'Moved 140 services to one ingress\nCut checkout latency by 63 %' },
            { term: 'startDate', text: '2021-03' },
            { term: 'worksFor', text: 'Norte Pagamentos' },
          ],
          backed_by: [],
        },
        {
          kind: 'hasCredential',
          name: 'Certified Kubernetes Administrator',
          texts: [
            { term: 'recognizedBy', text: issuer.name },
            { term: 'status', text: 'earned' },
          ],
          backed_by: ['Latency before and after', 'The night the ingress went quiet'],
        },
        { kind: 'skills', name: 'Kubernetes', texts: [{ term: 'level', text: 'advanced' }], backed_by: [] },
      ],
      files: [
        file('evidence', 'latency-chart.png', {
          media_type: 'image/png',
          preview: 'image',
          of: 'Latency before and after',
          intact: !changed,
        }),
        file('evidence', 'measurements.csv', {
          media_type: 'text/csv',
          preview: 'text',
          of: 'Latency before and after',
          size: 1_204,
        }),
        file('resume', 'resume.json', { preview: 'text' }),
        file('resume', 'resume.pdf', { media_type: 'application/pdf', intact: !changed }),
        file('own', 'lines.json', { preview: 'text' }),
        file('own', 'verify.html', { media_type: 'text/html', preview: 'text', size: 612_000 }),
      ],
    };
  };

  const commands = {
    async today({ day }) {
      const later = days => new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
      const [blocks, deadlines, milestones, credentials, stories, skills] = await Promise.all(
        ['study-block', 'deadline', 'milestone', 'credential', 'story', 'skill'].map(all),
      );
      const due = (reason, item, date, time = null, subtitle = '') =>
        item && {
          reason,
          kind: item.kind,
          id: item.id,
          title: item.title,
          subtitle: subtitle || item.subtitle,
          date,
          time,
          overdue: date < day,
        };
      const list = [
        due('deadline', deadlines[0], later(-3), null, 'Certified Kubernetes Security Specialist (CKS)'),
        due(
          'block',
          blocks.find(item => item.status === 'planned'),
          day,
          '18:30',
          'Finish the networking module',
        ),
        due('milestone', milestones[0], later(1)),
        due('deadline', deadlines[1], later(9)),
        due(
          'renewal',
          credentials.find(item => item.status === 'earned'),
          later(60),
        ),
      ].filter(Boolean);
      const lacking = (reason, items, fix, count = items.length) =>
        items.map(item => ({
          reason,
          kind: item.kind,
          id: item.id,
          title: item.title,
          fix_kind: fix,
          fix_fields: fix && { title: item.title },
          count,
        }));
      const unfinished = [
        ...lacking(
          'credential-without-reflection',
          credentials.filter(item => item.status === 'earned').slice(0, 3),
          'reflection',
          7,
        ),
        ...lacking('story-without-metric', stories.filter(item => item.status === 'unmeasured').slice(0, 2), null),
        ...lacking('skill-without-backing', skills.slice(-2), 'evidence'),
      ];
      const grew = (what, count, period) => ({ what, count, period });
      const grown =
        credentials.length === 0
          ? []
          : [
              grew('blocks-kept', 3, 'week'),
              grew('minutes-kept', 150, 'week'),
              grew('evidence', 1, 'week'),
              grew('blocks-kept', 9, 'month'),
              grew('minutes-kept', 470, 'month'),
              grew('evidence', 1, 'month'),
              grew('stories', 2, 'month'),
              grew('credentials', 1, 'quarter'),
              grew('blocks-kept', 21, 'quarter'),
              grew('minutes-kept', 1080, 'quarter'),
              grew('stories', 2, 'quarter'),
            ];
      return {
        due: list,
        overdue_hidden: 0,
        unfinished,
        grown,
        empty: list.length + unfinished.length + grown.length === 0,
      };
    },
    async add({ kind, fields }) {
      if (kind !== 'collection' || fields.entries) return ask('add', { kind, fields });
      const kinds = Object.keys(SECTIONS).filter(kind => kind !== 'profile');
      const entries = (await Promise.all(kinds.map(all))).flat().map(item => entryOf(item.id));
      const sections = Object.keys(SECTIONS).map(kind => ({ kind, shown: true, title: '' }));
      return ask('add', { kind: 'collection', fields: { language: 'en', paper: 'a4', sections, entries, ...fields } });
    },
    outline,
    preview,
    linkedin,
    async document_text({ collection, format }) {
      const { fields } = await ask('show', { kind: 'collection', id: collection });
      const text = `Inês Duarte\n${fields.headline}\n\n${fields.summary}\n\nEXPERIENCE\n\nPlatform engineer, Norte\n- Cut checkout latency by 63 %\n`;
      if (format === 'json-resume') {
        return {
          text: JSON.stringify(
            { basics: { name: 'Inês Duarte', label: fields.headline, summary: fields.summary } },
            null,
            2,
          ),
          lost: ['Two STAR stories have no place in JSON Resume; they are kept under work as highlights.'],
        };
      }
      return { text: format === 'markdown' ? text.replace('Inês', '# Inês') : text, lost: [] };
    },
    export_document: ({ document }) => ({
      path: '/home/ines/Documents/Ines Duarte - Platform.pdf',
      size: 84_211,
      lost: document === 'json-resume' ? ['Two STAR stories have no place in JSON Resume.'] : [],
    }),
    verify_pick: () => REPORTS.map((report, index) => ({ done: { report, packet: index < 2 ? index + 1 : null } })),
    verify_bytes: () => ({ report: REPORT, packet: 1 }),
    packet_close: () => null,
    packet_save: ({ file }) => `/home/ines/Downloads/${file.split('/').at(-1)}`,
    packet_text: () => ({ text: 'p95 before: 840 ms\np95 after: 310 ms\n', truncated: false }),
    packet: ({ packet }) => {
      if (packet === 9) throw { code: 'no-such-packet', params: {} };
      return packetOf(REPORTS[packet - 1]);
    },
    open_url: () => null,
    recover: () => null,
  };
  const broken = {
    damaged: {
      code: 'vault-damaged',
      params: {
        vault: '/home/ines/.local/share/cairn',
        backup: '/home/ines/.local/share/cairn/backups/daily-2026-05-13.sqlite3',
        detail: 'database disk image is malformed',
      },
    },
    newer: { code: 'vault-newer', params: { vault: '/home/ines/.local/share/cairn', needed: 9, known: 1 } },
  };
  if (broken[vault]) {
    commands.vault_info = () => {
      throw broken[vault];
    };
  } else if (vault === 'read-only') {
    commands.vault_info = async () => ({ ...(await ask('vault_info')), read_only: true, empty: false });
    for (const name of ['add', 'edit', 'edit_single', 'remove', 'move_record']) {
      commands[name] = () => {
        throw { code: 'vault-read-only', params: {} };
      };
    }
  }
  inner.invoke = async (name, args) =>
    commands[name] ? structuredClone(await commands[name](args ?? {})) : ask(name, args);
}
