/**
 * The commands behind Plan and Money, answered from the vault in memory of `mock.mjs`. Runs inside the page, after it: it
 * may use nothing from outside itself. The sums are cents as whole numbers: a picture needs no more.
 */
export function mockModels() {
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
  const DAY = 86_400_000;
  const day = (from, count) => new Date(Date.parse(`${from}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
  async function all(kind) {
    const { items } = await ask('list', { kind, query: EVERYTHING });
    return Promise.all(
      items.map(async item => ({ id: item.id, ...(await ask('show', { kind, id: item.id })).fields })),
    );
  }
  const sum = blocks => blocks.reduce((total, block) => total + block.minutes, 0);
  const kept = blocks => sum(blocks.filter(block => block.status === 'kept'));

  async function week({ from }) {
    const inside = date => date && date >= from && date <= day(from, 6);
    const titles = new Map((await all('credential')).map(one => [one.id, one.title]));
    const sprints = await all('sprint');
    const blocks = (await all('study-block')).map(one => ({
      id: one.id,
      title: one.title,
      subtitle: sprints.find(sprint => sprint.id === one.sprint)?.goal ?? titles.get(one.credential) ?? '',
      start: one.start,
      minutes: one.minutes ?? 50,
      status: one.status ?? 'planned',
      sprint: one.sprint ?? null,
      credential: one.credential ?? null,
    }));
    const date = (reason, kind, of, done) => async () =>
      (await all(kind))
        .filter(one => inside(one[of]))
        .map(one => ({ reason, kind, id: one.id, title: one.title, date: one[of], done: Boolean(one[done]) }));
    const these = blocks
      .filter(block => inside(block.start.slice(0, 10)))
      .sort((one, other) => one.start.localeCompare(other.start));
    return {
      from,
      blocks: these,
      sprints: sprints
        .map(one => ({ ...one, end: day(one.start, (one.weeks ?? 1) * 7 - 1) }))
        .filter(one => one.start <= day(from, 6) && one.end >= from)
        .map(one => {
          const its = blocks.filter(block => block.sprint === one.id);
          return {
            id: one.id,
            goal: one.goal,
            subtitle: titles.get(one.credential) ?? '',
            credential: one.credential ?? null,
            start: one.start,
            end: one.end,
            status: one.status ?? 'planned',
            planned_minutes: sum(its),
            kept_minutes: kept(its),
          };
        }),
      deadlines: await date('deadline', 'deadline', 'date', 'done')(),
      milestones: await date('milestone', 'milestone', 'due', 'reached')(),
      renewals: await date('renewal', 'credential', 'renewal', 'none')(),
      planned_minutes: sum(these),
      kept_minutes: kept(these),
    };
  }

  const OPPORTUNITY = ['childcare', 'overtime', 'freelance'];
  const cents = amount => (amount == null ? 0 : Math.round(Number(amount) * 100));
  const text = value => (value / 100).toFixed(2);
  const EMPTY = { planned: 0, actual: 0, op: 0, oa: 0, fp: 0, fa: 0, reserve: 0, expected: 0 };

  async function money() {
    const settings = (await ask('single', { kind: 'money-settings' })).fields;
    const home = settings.home_currency;
    const rate = currency =>
      currency === home ? 1 : Number(settings.rates.find(one => one.currency === currency)?.rate);
    const missing = new Set();
    const tallies = {
      total: new Map(),
      currency: new Map(),
      credential: new Map(),
      category: new Map(),
      month: new Map(),
    };
    const tally = (map, key) => map.get(key) ?? map.set(key, { ...EMPTY }).get(key);
    const count = (into, planned, actual, what, one) => {
      const plan = planned ?? 0;
      if (what === 'funding') {
        into.fp += plan;
        into.fa += actual ?? 0;
        into.expected -= actual ?? plan;
      } else if (OPPORTUNITY.includes(one.category)) {
        into.op += plan;
        into.oa += actual ?? 0;
        into.expected += actual ?? plan;
      } else {
        const reserve = Math.round((plan * settings.contingency) / 100);
        into.planned += plan;
        into.actual += actual ?? 0;
        into.reserve += reserve;
        into.expected += actual ?? plan + reserve;
      }
    };
    const enter = (what, one) => {
      const currency = one.currency ?? 'EUR';
      const amounts = [one.planned, one.actual].map(amount => (amount == null ? null : cents(amount)));
      count(tally(tallies.currency, currency), ...amounts, what, one);
      const worth = rate(currency);
      if (!worth) return void missing.add(currency);
      const inHome = amounts.map(amount => (amount === null ? null : Math.round(amount * worth)));
      count(tally(tallies.total, ''), ...inHome, what, one);
      count(tally(tallies.credential, one.credential ?? null), ...inHome, what, one);
      if (what === 'funding') return;
      for (const [map, key] of [
        [tallies.category, one.category ?? 'fee'],
        [tallies.month, one.date?.slice(0, 7) ?? null],
      ]) {
        const pair = tally(map, key);
        pair.planned += inHome[0] ?? 0;
        pair.actual += inHome[1] ?? 0;
      }
    };
    for (const one of await all('budget-line')) enter('cost', one);
    for (const one of await all('funding')) enter('funding', one);
    const totals = one => ({
      planned: text(one.planned),
      actual: text(one.actual),
      opportunity_planned: text(one.op),
      opportunity_actual: text(one.oa),
      funding_planned: text(one.fp),
      funding_actual: text(one.fa),
      contingency: text(one.reserve),
      net_planned: text(one.planned + one.op + one.reserve - one.fp),
      net_actual: text(one.actual + one.oa - one.fa),
      net_expected: text(one.expected),
    });
    const gains = await all('expected-return');
    const returns = (id, cost) => {
      const its = gains.filter(gain => gain.credential === id);
      if (its.length === 0) return null;
      const monthly = its.reduce(
        (total, gain) => total + Math.round((cents(gain.monthly_gain) * gain.probability) / 100),
        0,
      );
      const total = monthly * (its[0].months ?? 36);
      return {
        monthly_gain_expected: text(monthly),
        payback_months: cost <= 0 ? 0 : total < cost ? null : 4 + Math.ceil(cost / monthly),
        net_present_value: text(Math.round(total * 0.9) - cost),
        total_expected: text(total),
      };
    };
    const credentials = await all('credential');
    const pairs = map => [...map].map(([key, one]) => ({ key, planned: text(one.planned), actual: text(one.actual) }));
    return {
      home_currency: home,
      missing_rates: [...missing].sort(),
      totals: totals(tally(tallies.total, '')),
      by_currency: [...tallies.currency]
        .sort(([one], [other]) => Number(other === home) - Number(one === home))
        .map(([currency, one]) => ({ currency, totals: totals(one) })),
      by_category: pairs(tallies.category).map(({ key, ...pair }) => ({ category: key, ...pair })),
      by_credential: [...credentials, { id: null, title: '', competencies: [] }]
        .filter(one => tallies.credential.has(one.id))
        .map(one => {
          const its = tallies.credential.get(one.id);
          const statements = one.competencies?.length ?? 0;
          return {
            id: one.id,
            title: one.title,
            totals: totals(its),
            missing_rates: [],
            returns: returns(one.id, its.expected),
            cost_per_competency: statements > 0 ? text(Math.round(its.expected / statements)) : null,
          };
        }),
      by_month: pairs(tallies.month)
        .map(({ key, ...pair }) => ({ month: key, ...pair }))
        .sort((one, other) => (one.month ?? '9').localeCompare(other.month ?? '9')),
    };
  }

  const commands = { week, money };
  inner.invoke = async (name, args) =>
    commands[name] ? structuredClone(await commands[name](args ?? {})) : ask(name, args);
}
