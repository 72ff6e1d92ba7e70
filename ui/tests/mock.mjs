/**
 * What Tauri puts into the window, answered from memory. Runs inside the page: it may use nothing from outside itself.
 * `given.records` are records as `{id, kind, fields, files}`; `given.many` adds so many made-up evidence records.
 */
export function mockTauri(given) {
  const records = given.records.map((record, position) => ({ ...record, position }));
  for (let index = 0; index < (given.many ?? 0); index++) {
    const fields = {
      title: `Report number ${index}`,
      type: 'report',
      date: '2024',
      result: 'Found by number',
      credentials: [],
    };
    records.push({ id: `many-${index}`, kind: 'evidence', fields, files: [], position: records.length });
  }
  const callbacks = new Map();
  const listeners = new Map();
  const steps = [];
  let undone = [];
  let next = 1;

  const singles = ['profile', 'money-settings'];
  const first = text => (text ?? '').split('\n')[0].slice(0, 160);
  const money = (amount, currency) => (amount ? `${Number(amount).toFixed(2)} ${currency ?? 'EUR'}` : '');
  const running = fields => (fields.end ? 'past' : 'current');
  const HEADINGS = {
    profile: f => [f.name, f.headline],
    work: f => [f.position || f.name, f.name, running(f), '', f.start],
    education: f => [f.area || f.institution, f.institution, running(f), '', f.start],
    project: f => [f.name, f.entity, running(f), '', f.start],
    volunteering: f => [f.position || f.organization, f.organization, running(f), '', f.start],
    award: f => [f.title, f.awarder, '', '', f.date],
    publication: f => [f.name, f.publisher, '', '', f.release_date],
    language: f => [f.language, f.fluency],
    interest: f => [f.name, (f.keywords ?? []).join(', ')],
    reference: f => [f.name, ''],
    credential: f => [f.title, f.issuer, f.status ?? 'planned', f.type ?? 'certificate', f.issued ?? f.expires],
    endorsement: f => [f.endorser, f.role, '', '', f.date],
    'renewal-activity': f => [f.title, f.provider, f.status ?? 'done', f.type ?? 'course', f.date],
    evidence: f => [f.title, first(f.result), f.setting ?? '', f.type ?? 'report', f.date],
    story: f => [
      f.title,
      first(f.result),
      f.metric?.what && f.metric.after != null ? 'measured' : 'unmeasured',
      '',
      f.date,
    ],
    skill: f => [f.name, f.level, '', f.type ?? 'technical', f.last_used],
    'budget-line': f => [
      f.title,
      money(f.actual ?? f.planned, f.currency),
      f.actual ? 'paid' : 'planned',
      f.category ?? 'fee',
      f.date,
    ],
    funding: f => [
      f.title,
      money(f.actual ?? f.planned, f.currency),
      f.actual ? 'received' : 'promised',
      f.type ?? 'reimbursement',
      f.date,
    ],
    'expected-return': f => [f.title, money(f.monthly_gain, f.currency), '', '', f.from],
    'money-settings': f => [f.home_currency],
    sprint: f => [f.goal, '', f.status ?? 'planned', '', f.start],
    'study-block': f => [f.title, (f.start ?? '').slice(11, 16), f.status ?? 'planned', '', f.start?.slice(0, 10)],
    deadline: f => [f.title, '', f.done ? 'done' : 'open', f.type ?? 'submission', f.date],
    milestone: f => [f.title, '', f.reached ? 'reached' : 'open', '', f.reached ?? f.due],
    reflection: f => [f.title, first(f.can_do), '', '', f.date],
    collection: f => [f.title, f.audience],
  };
  const REQUIRED = {
    work: 'name',
    education: 'institution',
    project: 'name',
    volunteering: 'organization',
    award: 'title',
    publication: 'name',
    language: 'language',
    interest: 'name',
    reference: 'name',
    endorsement: 'endorser',
    skill: 'name',
    sprint: 'goal',
  };

  const item = record => {
    const [title, subtitle = '', status = '', sort = '', date = null] = HEADINGS[record.kind](record.fields);
    const { id, kind } = record;
    return {
      id,
      kind,
      title: title ?? '',
      subtitle: subtitle ?? '',
      status,
      sort,
      date: date || null,
      updated_at: '2026-05-13T09:00:00Z',
      sample: given.sample ?? false,
      attendance_only: record.fields.assessment === 'attendance',
    };
  };
  /** What Rust says of a credential, near enough to be looked at. */
  const standing = ({ id, kind, fields: f }) => {
    if (kind !== 'credential') return null;
    const activities = records
      .filter(one => one.kind === 'renewal-activity' && one.fields.credential === id)
      .toSorted((a, b) => b.fields.date.localeCompare(a.fields.date))
      .map(({ id, fields }) => ({ id, ...fields, in_cycle: true, proven: Boolean(fields.evidence) }));
    const sum = (...statuses) =>
      activities.filter(one => statuses.includes(one.status)).reduce((total, one) => total + one.credits, 0);
    const [required, earned] = [f.ce_credits, sum('done', 'reported')];
    const only = f.assessment === 'attendance';
    return {
      attendance_only: only,
      stronger: only ? ['evidence', 'endorsement', 'assessed-credential'] : [],
      fitting: f.purpose
        ? {
            purpose: f.purpose,
            fit: only ? 'misses' : 'fits',
            reasons: only ? ['attendance-only'] : ['work-judged', 'depth-reaches-doing'],
          }
        : null,
      renewal: required
        ? {
            progress: {
              required,
              earned,
              reported: sum('reported'),
              planned: sum('planned'),
              missing: Math.max(0, required - earned),
            },
            unit: f.ce_unit ?? '',
            start: f.cycle_start ?? null,
            end: f.cycle_end ?? null,
            activities,
            next: { cycle_start: '2026-11', cycle_end: '2029-10', expires: '2029-11', renewal: '2029-10' },
          }
        : null,
    };
  };
  const idsIn = value => (Array.isArray(value) ? value : [value]).filter(id => typeof id === 'string');
  const linked = record =>
    Object.entries(record.fields).flatMap(([field, value]) =>
      idsIn(value).flatMap(id => {
        const other = records.find(one => one.id === id);
        return other ? [{ field, record: other }] : [];
      }),
    );
  const named = (field, record) => {
    const { id, kind, title, subtitle, status } = item(record);
    return { field, id, kind, title, subtitle, status };
  };
  const fileInfo = ({ name, index }) => ({
    id: `file-${index}`,
    sha256: name,
    name,
    media_type: name.endsWith('.png') ? 'image/png' : name.endsWith('.csv') ? 'text/csv' : 'text/plain',
    size: 10_288 + index * 517,
    preview: name.endsWith('.png') ? 'image' : 'text',
  });
  const page = record => ({
    id: record.id,
    kind: record.kind,
    created_at: '2026-03-02T09:00:00Z',
    updated_at: '2026-05-13T09:00:00Z',
    sample: given.sample ?? false,
    fields: record.fields,
    links: linked(record).map(({ field, record: other }) => named(field, other)),
    backlinks: records.flatMap(other =>
      linked(other)
        .filter(link => link.record === record)
        .map(link => named(link.field, other)),
    ),
    files: (record.files ?? []).map(fileInfo),
    standing: standing(record),
  });
  const merge = (target, patch) => {
    const result = { ...target };
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete result[key];
      else result[key] = typeof value === 'object' && !Array.isArray(value) ? merge(result[key] ?? {}, value) : value;
    }
    return result;
  };
  const emit = touched => {
    for (const [id, event] of listeners) {
      if (event === 'changed') callbacks.get(id)?.({ event, id, payload: { touched, files: true } });
    }
  };
  const done = (action, record, undoIt, redoIt, fields = []) => {
    const change = {
      history: next++,
      action,
      kind: record.kind,
      id: record.id,
      title: item(record).title,
      touched: [record.kind],
    };
    const { history: id, kind, title } = change;
    const step = { id, at: '2026-05-13T12:40:00Z', action, kind, title, count: 1, undone: false, fields };
    steps.push({ change, step, record: record.id, undoIt, redoIt });
    undone = [];
    setTimeout(() => emit(change.touched), 5);
    return change;
  };
  const check = (kind, fields) => {
    const problems = [];
    const title = REQUIRED[kind] ?? 'title';
    if (!singles.includes(kind) && !(fields[title] ?? '').trim())
      problems.push({ path: `/${title}`, rule: 'required' });
    if (fields.url && !/^(https?:\/\/|mailto:)\S+$/.test(fields.url))
      problems.push({ path: '/url', rule: 'not-an-address' });
    if (fields.issued && fields.expires && fields.expires < fields.issued)
      problems.push({ path: '/expires', rule: 'end-before-start' });
    if (kind === 'expected-return' && !fields.credential) problems.push({ path: '/credential', rule: 'required' });
    if ((kind === 'sprint' || kind === 'study-block') && !fields.start)
      problems.push({ path: '/start', rule: 'required' });
    if (problems.length > 0) throw { code: 'record-invalid', params: {}, problems, message: '' };
  };
  const find = (kind, id) => {
    const record = records.find(one => one.kind === kind && one.id === id);
    if (!record) throw { code: 'not-found', params: { kind, id }, problems: [], message: '' };
    return record;
  };
  const counts = (items, key) => {
    const all = new Map();
    for (const one of items) all.set(one[key], (all.get(one[key]) ?? 0) + 1);
    return [...all].map(([value, count]) => ({ value, count }));
  };
  const holds = (record, words) => {
    const text = JSON.stringify(record.fields)
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
    return words
      .toLowerCase()
      .split(/\s+/)
      .every(word => text.includes(word));
  };
  const backing = kind => record =>
    linked(record)
      .filter(link => link.record.kind === 'skill')
      .map(link => [kind, link.record.id]);

  const commands = {
    list({ kind, query }) {
      const all = records.filter(record => record.kind === kind).sort((one, other) => one.position - other.position);
      const items = all.filter(record => query.text === '' || holds(record, query.text)).map(item);
      const kept = items.filter(
        one =>
          (query.statuses.length === 0 || query.statuses.includes(one.status)) &&
          (query.sorts.length === 0 || query.sorts.includes(one.sort)),
      );
      const key = { title: 'title', date: 'date', updated: 'updated_at', status: 'status', sort: 'sort' }[query.order];
      if (key) kept.sort((one, other) => (one[key] ?? '').localeCompare(other[key] ?? ''));
      if (query.descending) kept.reverse();
      const every = all.map(item);
      return {
        total: kept.length,
        items: kept.slice(query.offset, query.offset + query.limit),
        statuses: counts(every, 'status'),
        sorts: counts(every, 'sort'),
      };
    },
    show: ({ kind, id }) => page(find(kind, id)),
    single({ kind }) {
      const record = records.find(one => one.kind === kind);
      if (record) return page(record);
      const fields =
        kind === 'profile'
          ? { name: '', links: [], location: {} }
          : { home_currency: 'EUR', discount_rate: 5, contingency: 10, rates: [] };
      return {
        id: null,
        kind,
        created_at: '',
        updated_at: '',
        sample: false,
        fields,
        links: [],
        backlinks: [],
        files: [],
      };
    },
    edit_single({ kind, patch }) {
      const record = records.find(one => one.kind === kind);
      return record ? commands.edit({ kind, id: record.id, patch }) : commands.add({ kind, fields: patch });
    },
    add({ kind, fields }) {
      check(kind, fields);
      const record = { id: `new-record-${next}`, kind, fields, files: [], position: records.length };
      records.push(record);
      return done(
        'add',
        record,
        () => records.splice(records.indexOf(record), 1),
        () => records.push(record),
      );
    },
    edit({ kind, id, patch }) {
      const record = find(kind, id);
      const before = record.fields;
      const after = merge(before, patch);
      check(kind, after);
      record.fields = after;
      return done(
        'edit',
        record,
        () => (record.fields = before),
        () => (record.fields = after),
        Object.keys(patch),
      );
    },
    hanging: ({ id }) =>
      records
        .filter(record => linked(record).some(link => link.record.id === id))
        .map(record => ({ id: record.id, kind: record.kind, title: item(record).title, effect: 'unlinked' })),
    remove({ kind, id }) {
      const record = find(kind, id);
      const at = records.indexOf(record);
      records.splice(at, 1);
      return done(
        'remove',
        record,
        () => records.splice(at, 0, record),
        () => records.splice(at, 1),
      );
    },
    move_record({ kind, id, before }) {
      const record = find(kind, id);
      const was = record.position;
      const next = before === null ? undefined : find(kind, before);
      const others = records.filter(one => one.kind === kind && one !== record).sort((a, b) => a.position - b.position);
      const at = next ? others.indexOf(next) : others.length;
      others.splice(at, 0, record);
      others.forEach((one, index) => (one.position = index));
      return done(
        'move',
        record,
        () => (record.position = was),
        () => undefined,
      );
    },
    search: ({ words, limit }) =>
      records
        .filter(record => words.trim() !== '' && holds(record, words))
        .slice(0, limit)
        .map(record => {
          const { kind, id, title, subtitle } = item(record);
          return { kind, id, title, subtitle, snippet: `… as in \u0001${words}\u0002, where it stands …` };
        }),
    skill_backing() {
      const links = records.flatMap(record => backing(record.kind)(record));
      const count = (kind, id) => links.filter(link => link[0] === kind && link[1] === id).length;
      return records
        .filter(record => record.kind === 'skill')
        .map(({ id, fields }) => ({
          id,
          name: fields.name,
          sort: fields.type ?? 'technical',
          level: fields.level ?? '',
          last_used: fields.last_used ?? null,
          credentials: count('credential', id),
          evidence: count('evidence', id),
          stories: count('story', id),
          projects: count('project', id),
          source: { record: id, kind: 'unsigned', by: [] },
        }));
    },
    undo() {
      const step = steps.pop();
      if (!step) return null;
      step.undoIt();
      undone.push(step);
      setTimeout(() => emit(step.change.touched), 5);
      return { ...step.change, action: 'undo', step: { ...step.step, undone: true } };
    },
    redo() {
      const step = undone.pop();
      if (!step) return null;
      step.redoIt();
      steps.push(step);
      setTimeout(() => emit(step.change.touched), 5);
      return { ...step.change, action: 'redo', step: step.step };
    },
    history({ of, offset, limit }) {
      const told = steps.toReversed();
      const earlier = records.slice(0, 60).map((record, index) => {
        const action = ['edit', 'add', 'edit', 'attach', 'move', 'remove'][index % 6];
        const at = new Date(Date.UTC(2026, 4, 13, 9, 0) - index * 7_300_000).toISOString();
        const fields = action === 'edit' ? Object.keys(record.fields).slice(1, 3) : [];
        const { kind } = record;
        const step = { id: -index, at, action, kind, title: item(record).title, count: 1, undone: index === 0, fields };
        return { record: record.id, step };
      });
      const made = [...told, ...earlier].filter(({ record }) => !of || record === of).map(({ step }) => step);
      return {
        total: made.length,
        items: made.slice(offset, offset + limit),
        can_undo: made.length > 0,
        can_redo: true,
      };
    },
    vault_info: () => ({
      path: '/home/ines/.local/share/cairn',
      empty: records.length === 0,
      has_sample: (given.sample ?? false) && records.length > 0,
      counts: [...new Set(records.map(record => record.kind))].map(kind => ({
        kind,
        count: records.filter(record => record.kind === kind).length,
      })),
      backups: [
        { name: '2026-05-13', at: '2026-05-13T08:00:00Z', size: 4_812_331, occasion: 'daily' },
        { name: '2026-05-12-2', at: '2026-05-12T17:20:00Z', size: 4_800_112, occasion: 'restore' },
        { name: '2026-05-12', at: '2026-05-12T08:02:00Z', size: 4_800_112, occasion: 'asked' },
      ],
      version: '0.1.0',
      read_only: false,
      bytes: 9_120_000,
    }),
    signing_key: () => ({
      home: 'file',
      path: '/home/ines/.local/share/cairn/key',
      did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      secret: 'present',
      since: '2026-03-01T09:00:00Z',
      history: [
        {
          did: 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
          from: '2026-01-04T08:00:00Z',
          until: '2026-03-01T09:00:00Z',
        },
        { did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', from: '2026-03-01T09:00:00Z', until: null },
      ],
    }),
    sample_fill() {
      given.sample = true;
      records.push(...given.sampleRecords.map((record, position) => ({ ...record, position })));
      setTimeout(() => emit(['profile']), 5);
      return { history: next++, action: 'sample-fill', kind: null, id: null, title: '', touched: ['profile'] };
    },
    sample_remove() {
      records.length = 0;
      given.sample = false;
      setTimeout(() => emit(['profile']), 5);
      return { history: next++, action: 'sample-remove', kind: null, id: null, title: '', touched: ['profile'] };
    },
    file_text: ({ file }) => ({ text: `The beginning of ${file}.\nIt goes on.`, truncated: true }),
    attach_pick: () => [],
    import_pick: () => null,
    backup_now: () => ({ name: '2026-05-13-2', path: '/tmp' }),
    doctor: () => ({ findings: [], healthy: true }),
    'plugin:event|listen'({ event, handler }) {
      listeners.set(handler, event);
      return handler;
    },
    'plugin:event|unlisten': () => null,
  };
  window.__TAURI_EVENT_PLUGIN_INTERNALS__ = { unregisterListener: () => undefined };
  window.__TAURI_INTERNALS__ = {
    async invoke(name, args) {
      const command = commands[name];
      if (!command) throw { code: 'unexpected', params: { detail: `no command ${name}` }, problems: [], message: '' };
      return structuredClone(await command(args ?? {}));
    },
    transformCallback(run) {
      const id = next++;
      callbacks.set(id, run);
      return id;
    },
    unregisterCallback: id => callbacks.delete(id),
    convertFileSrc: path => `cairn://localhost/${path}`,
    metadata: { currentWindow: { label: 'main' }, currentWebview: { label: 'main', windowLabel: 'main' } },
  };
}
