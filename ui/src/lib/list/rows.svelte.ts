/** The rows of one list, fetched in stretches as they come into sight. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { list, toCairnError, type CairnError, type Count, type Kind, type ListItem, type ListQuery } from '$lib/api';
import { kinds } from '$lib/kinds';
import { layOut, type Group } from './layout';

/** Rows fetched at once. */
const STRETCH = 100;

export interface Question {
  kind: Kind;
  text: string;
  statuses: string[];
  sorts: string[];
  order: ListQuery['order'];
  descending: boolean;
  group: 'none' | 'status' | 'sort';
  /** Only these records, by id: what Rust has no filter for. */
  among?: readonly string[] | undefined;
}

export class Rows {
  groups = $state.raw<Group[]>([]);
  statuses = $state.raw<Count[]>([]);
  sorts = $state.raw<Count[]>([]);
  error = $state.raw<CairnError | undefined>(undefined);
  /** False until the first answer: an empty list is only empty once that is known. */
  known = $state(false);
  folded = new SvelteSet<string>();
  total = $derived(this.groups.reduce((sum, group) => sum + group.total, 0));
  /** Records of the kind, whatever is filtered. */
  everything = $derived(Math.max(this.total, sum(this.statuses), sum(this.sorts)));

  #question = $state.raw<Question | undefined>(undefined);
  layout = $derived(layOut(this.groups, this.#question !== undefined && this.#question.group !== 'none', this.folded));
  #stretches = new SvelteMap<string, ListItem[]>();
  #asked = new Set<string>();
  #turn = 0;

  /** Asks anew. What is shown stays until the answer is there. */
  async ask(question: Question): Promise<void> {
    const turn = ++this.#turn;
    if (question.among) return this.#askAmong(question, new Set(question.among), turn);
    try {
      const first = await list(question.kind, { ...filters(question), limit: STRETCH });
      const groups = await groupsOf(question, first.total, question.group === 'sort' ? first.sorts : first.statuses);
      // What was in sight is fetched before the old is dropped, so that nothing flickers.
      const shown = [...this.#stretches.keys()].filter(
        key => this.#isSame(question) && Number(key.split(':')[0]) < groups.length,
      );
      const fetched = await Promise.all(
        shown.slice(-4).map(async key => {
          const [group = 0, stretch = 0] = key.split(':').map(Number);
          return [key, await this.#fetch(question, groups, group, stretch)] as const;
        }),
      );
      if (turn !== this.#turn) return;
      this.#question = question;
      this.groups = groups;
      this.statuses = first.statuses;
      this.sorts = first.sorts;
      this.#asked = new Set(fetched.map(([key]) => key));
      this.#stretches.clear();
      for (const [key, items] of fetched) this.#stretches.set(key, items);
      if (question.group === 'none') this.#keep('0:0', first.items);
      this.error = undefined;
      this.known = true;
    } catch (thrown) {
      if (turn === this.#turn) this.error = toCairnError(thrown);
    }
  }

  /** Fetches the whole list and keeps some of it, ungrouped. */
  async #askAmong(question: Question, among: ReadonlySet<string>, turn: number): Promise<void> {
    try {
      const items: ListItem[] = [];
      let page = await list(question.kind, { ...filters(question), limit: 1000 });
      for (let offset = 0; page.items.length > 0;) {
        items.push(...page.items.filter(item => among.has(item.id)));
        offset += page.items.length;
        if (offset >= page.total) break;
        page = await list(question.kind, { ...filters(question), offset, limit: 1000 });
      }
      if (turn !== this.#turn) return;
      this.#question = { ...question, group: 'none' };
      this.groups = [{ value: '', total: items.length }];
      this.statuses = page.statuses;
      this.sorts = page.sorts;
      this.#asked.clear();
      this.#stretches.clear();
      for (let at = 0; at < items.length; at += STRETCH) this.#keep(`0:${at / STRETCH}`, items.slice(at, at + STRETCH));
      this.error = undefined;
      this.known = true;
    } catch (thrown) {
      if (turn === this.#turn) this.error = toCairnError(thrown);
    }
  }

  /** The item in a place, or undefined while it is on its way. */
  item(group: number, offset: number): ListItem | undefined {
    return this.#stretches.get(`${group}:${Math.floor(offset / STRETCH)}`)?.[offset % STRETCH];
  }

  /** Fetches an item's stretch if it is not there. */
  want(group: number, offset: number): void {
    const question = this.#question;
    const stretch = Math.floor(offset / STRETCH);
    const key = `${group}:${stretch}`;
    if (!question || this.#asked.has(key)) return;
    this.#asked.add(key);
    const turn = this.#turn;
    void this.#fetch(question, this.groups, group, stretch).then(
      items => turn === this.#turn && this.#keep(key, items),
      (thrown: unknown) => turn === this.#turn && (this.error = toCairnError(thrown)),
    );
  }

  /** The item in a row, fetched if need be; undefined for a heading. */
  async itemInRow(row: number): Promise<ListItem | undefined> {
    const place = this.layout.at(row);
    if (!place || 'heading' in place || !this.#question) return undefined;
    const known = this.item(place.group, place.offset);
    if (known) return known;
    const stretch = Math.floor(place.offset / STRETCH);
    const items = await this.#fetch(this.#question, this.groups, place.group, stretch);
    return items[place.offset % STRETCH];
  }

  /** The row of a record among those that are here, or -1. */
  rowOf(id: string): number {
    for (const [key, items] of this.#stretches) {
      const at = items.findIndex(item => item.id === id);
      const [group = 0, stretch = 0] = key.split(':').map(Number);
      if (at >= 0) return this.layout.rowOf(group, stretch * STRETCH + at);
    }
    return -1;
  }

  #isSame(question: Question): boolean {
    return JSON.stringify(question) === JSON.stringify(this.#question);
  }

  #keep(key: string, items: ListItem[]): void {
    this.#asked.add(key);
    this.#stretches.set(key, items);
  }

  async #fetch(question: Question, groups: readonly Group[], group: number, stretch: number): Promise<ListItem[]> {
    const query = { ...filters(question), offset: stretch * STRETCH, limit: STRETCH };
    const value = groups[group]?.value;
    if (value !== undefined && question.group === 'status') query.statuses = [value];
    if (value !== undefined && question.group === 'sort') query.sorts = [value];
    return (await list(question.kind, query)).items;
  }
}

const sum = (counts: readonly Count[]) => counts.reduce((all, count) => all + count.count, 0);

function filters(question: Question): Partial<ListQuery> {
  const { text, statuses, sorts, order, descending } = question;
  return { text, statuses, sorts, order, descending };
}

/** The groups as their kind orders them, with how many rows each has under the present filters; empty ones are left out. */
async function groupsOf(question: Question, total: number, counts: Count[]): Promise<Group[]> {
  if (question.group === 'none') return [{ value: '', total }];
  const { statuses, sorts } = kinds[question.kind];
  const [chosen, choices] = question.group === 'status' ? [question.statuses, statuses] : [question.sorts, sorts];
  const order = Object.keys(choices ?? {});
  const values = counts
    .map(count => count.value)
    .filter(value => chosen.length === 0 || chosen.includes(value))
    .toSorted((one, other) => order.indexOf(one) - order.indexOf(other));
  const totals = await Promise.all(
    values.map(async value => {
      const narrowed = question.group === 'status' ? { statuses: [value] } : { sorts: [value] };
      return { value, total: (await list(question.kind, { ...filters(question), ...narrowed, limit: 0 })).total };
    }),
  );
  return totals.filter(group => group.total > 0);
}
