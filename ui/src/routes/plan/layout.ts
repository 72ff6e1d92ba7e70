/** Where blocks stand in the week: the hours shown, lanes for blocks at the same time, and the slot under a pointer. */
import type { WeekBlock } from '$lib/api';
import { DAY_MINUTES, dayIndex, dayOf, minuteOf, startAt } from './days';

/** Full hours of the day, `last` being the end of the last one. */
export interface Hours {
  first: number;
  last: number;
}

/** The usual waking hours. */
const USUAL: Hours = { first: 6, last: 23 };
/** Even a short block is drawn this tall, in minutes, so that its title can be read. */
export const LEAST_DRAWN = 30;
/** One that runs over midnight this tall at least: its end is told above its title. */
export const OVERNIGHT_DRAWN = 45;
/** How tall an hour is drawn, in rem. */
export const HOUR = 2.75;

/** The usual hours, and as many more as the blocks need. */
export function hoursOf(blocks: readonly Pick<WeekBlock, 'start' | 'minutes'>[]): Hours {
  const starts = blocks.map(block => minuteOf(block.start));
  const ends = blocks.map((block, index) => (starts[index] ?? 0) + drawn(block.minutes));
  return {
    first: Math.floor(Math.min(USUAL.first * 60, ...starts) / 60),
    last: Math.min(24, Math.ceil(Math.max(USUAL.last * 60, ...ends) / 60)),
  };
}

export const drawn = (minutes: number) => Math.max(minutes, LEAST_DRAWN);

export interface Lane {
  lane: number;
  /** How many lanes share the width here. */
  of: number;
}

/** Which lane each block takes, so that blocks at the same time stand side by side. */
export function lanesOf(blocks: readonly Pick<WeekBlock, 'id' | 'start' | 'minutes'>[]): Map<string, Lane> {
  const result = new Map<string, Lane>();
  const sorted = blocks.toSorted((one, other) => one.start.localeCompare(other.start));
  /** Blocks that touch each other by way of others, and when each lane of theirs is free again. */
  let cluster: string[] = [];
  let free: number[] = [];
  let day = '';
  const close = () => {
    for (const id of cluster) result.set(id, { lane: result.get(id)?.lane ?? 0, of: free.length });
    cluster = [];
    free = [];
  };
  for (const block of sorted) {
    const start = minuteOf(block.start);
    if (dayOf(block.start) !== day || free.every(end => end <= start)) close();
    day = dayOf(block.start);
    const open = free.findIndex(end => end <= start);
    const lane = open === -1 ? free.length : open;
    free[lane] = start + drawn(block.minutes);
    cluster.push(block.id);
    result.set(block.id, { lane, of: 1 });
  }
  close();
  return result;
}

/** Where the grid of a week lies on the screen, in pixels. */
export interface Geometry {
  left: number;
  top: number;
  width: number;
  height: number;
  rightToLeft: boolean;
  hours: Hours;
}

/** The day (0 to 6) and the minute of it under a point. */
export function pointAt(x: number, y: number, at: Geometry): { day: number; minute: number } {
  const across = (x - at.left) / at.width;
  const day = Math.floor((at.rightToLeft ? 1 - across : across) * 7);
  const minute = at.hours.first * 60 + ((y - at.top) / at.height) * (at.hours.last - at.hours.first) * 60;
  return { day: clamp(day, 0, 6), minute: clamp(minute, 0, DAY_MINUTES - 1) };
}

export const snap = (minute: number, step: number) => Math.round(minute / step) * step;
export const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/**
 * What a week opens at: the first block of it, in the week of `now` the first that is not over. Nothing where there is
 * none.
 */
export function opening(blocks: readonly WeekBlock[], from: string, now: string): WeekBlock | undefined {
  const today = dayIndex(now, from);
  const minuteOfWeek = (at: string) => dayIndex(at, from) * DAY_MINUTES + minuteOf(at);
  return blocks
    .filter(block => today < 0 || today > 6 || minuteOfWeek(block.start) + block.minutes > minuteOfWeek(now))
    .toSorted((one, other) => one.start.localeCompare(other.start))[0];
}

/** The longest and shortest block the vault keeps, in minutes. */
export const LENGTHS = { least: 5, most: 480 };

/**
 * Where a block made without a pointer goes: in the week of `now` the next half hour from then on, in others Monday at
 * nine, in either case where nothing is planned yet.
 */
export function freeSlot(blocks: readonly WeekBlock[], from: string, now: string, minutes: number): string {
  const today = dayIndex(now, from);
  const soon = today >= 0 && today <= 6 ? Math.ceil((minuteOf(now) + 1) / 30) * 30 : 9 * 60;
  const days = today >= 0 && today <= 6 ? [today, today + 1] : [0];
  for (const day of days) {
    for (let minute = day === days[0] ? soon : 9 * 60; minute <= 22 * 60; minute += 30) {
      const taken = blocks.some(
        block =>
          dayIndex(block.start, from) === day &&
          minuteOf(block.start) < minute + minutes &&
          minute < minuteOf(block.start) + block.minutes,
      );
      if (!taken) return startAt(from, day * DAY_MINUTES + minute);
    }
  }
  return startAt(from, (days[0] ?? 0) * DAY_MINUTES + Math.min(soon, 23 * 60));
}
