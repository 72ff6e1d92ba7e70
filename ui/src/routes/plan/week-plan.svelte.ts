/** A week under the learner's hands: what the vault says, and what was moved or marked but is not saved yet. */
import { onMount, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { edit, week, type BlockStatus, type Week, type WeekBlock } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { saveAtTheEnd } from '$lib/record/unsaved';
import { attempt, tellUndo } from '$lib/store/doing';
import { query, type Query } from '$lib/store/query.svelte';
import { toasts } from '$lib/store/toasts.svelte';
import { dayIndex, hasBegun, later } from './days';
import { clamp, LENGTHS } from './layout';
import { nearDayInWords } from '$lib/words/dates';
import { spanInWords } from './words';
import { isolated } from '$lib/words/foreign';

/** How long the arrow keys rest before a move is saved, in milliseconds: ten presses are one step of the history. */
const REST = 500;

/** What may be changed without opening a block. */
export type Touch = Partial<Pick<WeekBlock, 'start' | 'minutes' | 'status'>>;

export class WeekPlan {
  readonly week: Query<Week>;
  /** What is changed here and not yet in the vault's answer, by block. */
  #touched = new SvelteMap<string, Touch>();
  /** Saved; the next answer of the vault takes over. */
  #settled = new Set<string>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Called with a block that was moved out of this week. */
  onleave: (id: string, start: string) => void = () => undefined;
  /** What happened last, for those who do not see it. */
  spoken = $state('');

  /** The blocks of the week as they stand now. In the vault's order, so that none changes its place in the page. */
  blocks = $derived.by<WeekBlock[]>(() => {
    const data = this.week.data;
    if (!data) return [];
    return data.blocks
      .map(block => ({ ...block, ...this.#touched.get(block.id) }))
      .filter(block => isIn(block.start, data.from));
  });
  kept = $derived(sum(this.blocks.filter(block => block.status === 'kept')));
  planned = $derived(sum(this.blocks));

  #now: () => string;

  constructor(from: () => string, now: () => string) {
    this.#now = now;
    this.week = query(
      () => ['study-block', 'sprint', 'deadline', 'milestone', 'credential'],
      () => week(from()),
    );
    $effect(() => {
      if (this.week.data === undefined) return;
      untrack(() => {
        for (const id of this.#settled) this.#touched.delete(id);
        this.#settled.clear();
      });
    });
    onMount(() => saveAtTheEnd(() => this.flush()));
  }

  /** Moves a block by minutes or days, saved when the keys rest. */
  nudge(id: string, by: { minutes?: number; days?: number }): void {
    const block = this.#find(id);
    if (!block) return;
    const start = later(block.start, (by.minutes ?? 0) + (by.days ?? 0) * 24 * 60);
    this.#touch(id, { start });
    this.spoken = `${nearDayInWords(start)}, ${spanInWords(start, block.minutes)}`;
    if (isIn(start, this.week.data?.from ?? '')) this.#wait(id);
    else void this.#leave(id, start);
  }

  /** Makes a block longer or shorter, saved when the keys rest. */
  stretch(id: string, by: number): void {
    const block = this.#find(id);
    if (!block) return;
    const minutes = clamp(block.minutes + by, LENGTHS.least, LENGTHS.most);
    this.#touch(id, { minutes });
    this.spoken = spanInWords(block.start, minutes);
    this.#wait(id);
  }

  /** Puts a block where it was dropped. */
  async put(id: string, to: Touch): Promise<void> {
    this.#touch(id, to);
    await this.#save(id);
  }

  /** Whether a block may be marked kept or missed: what is ahead cannot have been, but a mark that is there may go. */
  marks({ start, status }: WeekBlock): boolean {
    return status !== 'planned' || hasBegun(start, this.#now());
  }

  /** Marks a block kept or missed; marking it so again takes the mark away. */
  async mark(id: string, status: BlockStatus): Promise<void> {
    const block = this.#find(id);
    if (!block) return;
    if (!this.marks(block)) {
      toasts.show(m.plan_mark_ahead({ title: isolated(block.title), day: nearDayInWords(block.start) }));
      return;
    }
    const next = block.status === status ? 'planned' : status;
    this.#touch(id, { status: next });
    this.spoken = m.plan_marked({ title: isolated(block.title), status: statusWords[next]() });
    await this.#save(id);
  }

  /** Saves what the keys have moved, now. Answers whether the vault took it all. */
  async flush(): Promise<boolean> {
    const saved = await Promise.all([...this.#timers.keys()].map(id => this.#save(id)));
    return saved.every(Boolean);
  }

  #find(id: string): WeekBlock | undefined {
    return this.blocks.find(block => block.id === id);
  }

  #touch(id: string, touch: Touch): void {
    this.#settled.delete(id);
    this.#touched.set(id, { ...this.#touched.get(id), ...touch });
  }

  #wait(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#save(id), REST),
    );
  }

  async #leave(id: string, start: string): Promise<void> {
    if (await this.#save(id)) this.onleave(id, start);
  }

  /** Answers whether the vault took it. */
  async #save(id: string): Promise<boolean> {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const was = this.week.data?.blocks.find(block => block.id === id);
    const touch = this.#touched.get(id);
    if (!was || !touch) return false;
    const change = await attempt(() => edit('study-block', id, touch));
    if (!change) {
      this.#touched.delete(id);
      return false;
    }
    if (this.#touched.get(id) === touch) this.#settled.add(id);
    const [start, minutes] = [touch.start ?? was.start, touch.minutes ?? was.minutes];
    if (start !== was.start || minutes !== was.minutes) {
      const when = `${nearDayInWords(start)}, ${spanInWords(start, minutes)}`;
      tellUndo(change, m.plan_moved({ title: isolated(was.title), when }));
    }
    return true;
  }
}

const statusWords: Record<BlockStatus, () => string> = {
  planned: m.status_planned,
  kept: m.status_kept,
  missed: m.status_missed,
};

const isIn = (start: string, from: string) => dayIndex(start, from) >= 0 && dayIndex(start, from) <= 6;
const sum = (blocks: readonly WeekBlock[]) => blocks.reduce((total, block) => total + block.minutes, 0);
