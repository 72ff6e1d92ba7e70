/** The card that stands open in the week: of a block, or of one that is being made. */
import type { Fields, WeekSprint } from '$lib/api';
import { dayOf } from './days';
import type { WeekPlan } from './week-plan.svelte';

/** How long a new block lasts, in minutes. */
export const USUAL = 50;
/** How long after a press outside closed the card the click it ends in may come, in milliseconds. */
const SAME_PRESS = 400;

export interface Card {
  /** Another card has another key. */
  key: number;
  /** Absent while the block is being made. */
  id: string | undefined;
  start: string;
  minutes: number;
}

export class OpenCard {
  card = $state<Card>();
  #plan: WeekPlan;
  #sprints: () => readonly WeekSprint[];
  #opened = 0;
  /** A press outside closes the card; the click it ends in must not open another. */
  #closedAt = -Infinity;

  /** What the card's block holds, or what a new one starts with. */
  fields = $derived.by<Fields>(() => {
    const held = this.#plan.blocks.find(block => block.id === this.card?.id);
    if (!held) return this.#fresh(this.card?.start ?? '', this.card?.minutes ?? USUAL);
    const { title, start, minutes, status, sprint, credential } = held;
    return { title, start, minutes, status, sprint, credential };
  });

  constructor(plan: WeekPlan, sprints: () => readonly WeekSprint[]) {
    this.#plan = plan;
    this.#sprints = sprints;
  }

  #fresh(start: string, minutes: number): Fields {
    const sprint = this.#sprints().find(
      other => other.status === 'planned' && other.start <= dayOf(start) && dayOf(start) <= other.end,
    );
    return {
      title: '',
      start,
      minutes,
      status: 'planned',
      sprint: sprint?.id ?? null,
      credential: sprint?.credential ?? null,
    };
  }

  open(id: string): void {
    const block = this.#plan.blocks.find(other => other.id === id);
    if (block) this.card = { key: ++this.#opened, id, start: block.start, minutes: block.minutes };
  }

  make(start: string, byPointer = false): void {
    if (byPointer && (this.card !== undefined || performance.now() - this.#closedAt < SAME_PRESS)) {
      this.card = undefined;
      return;
    }
    this.card = { key: ++this.#opened, id: undefined, start, minutes: USUAL };
  }

  /** The block was moved, or is now being made elsewhere. */
  placed(start: string, minutes: number): void {
    const { card } = this;
    if (card && (card.start !== start || card.minutes !== minutes)) this.card = { ...card, start, minutes };
  }

  /** The new block has its key. */
  made(id: string): void {
    if (this.card) this.card = { ...this.card, id };
  }

  /** Closes the card. Answers what it was where the focus is to go back to it: not after a press elsewhere. */
  close({ outside }: { outside: boolean }): Card | undefined {
    const was = this.card;
    this.card = undefined;
    if (was && outside) this.#closedAt = performance.now();
    return outside ? undefined : was;
  }

  /** What the card stands beside. */
  anchor = (): Element | null => {
    const { card } = this;
    const own = card?.id === undefined ? '[data-making]' : `[data-block="${CSS.escape(card.id)}"]`;
    return document.querySelector(own) ?? document.querySelector(`[data-day="${dayOf(card?.start ?? '')}"]`);
  };
}
