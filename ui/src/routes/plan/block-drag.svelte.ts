/** Dragging a block of the week to another time, or its lower edge to another length. Esc puts it back. */
import type { Attachment } from 'svelte/attachments';
import type { WeekBlock } from '$lib/api';
import { addDays, minuteOf, startAt } from './days';
import { clamp, LENGTHS, pointAt, snap, type Geometry } from './layout';
import type { Touch } from './week-plan.svelte';

/** How far the pointer travels before a press is a drag, in pixels. */
const SLACK = 4;
/** Minutes a drop snaps to. */
const STEP = { move: 15, length: 5 };

export interface Dragged {
  id: string;
  start: string;
  minutes: number;
}

export class BlockDrag {
  /** Where the block would land. */
  now = $state<Dragged>();
  #geometry: () => Geometry | undefined;
  #from: () => string;
  #drop: (id: string, to: Touch) => void;
  /** A drop ends in a click, which must not open the block. */
  #swallow = false;

  constructor(geometry: () => Geometry | undefined, from: () => string, drop: (id: string, to: Touch) => void) {
    this.#geometry = geometry;
    this.#from = from;
    this.#drop = drop;
  }

  /** Whether the click that just came ended a drag. */
  ended(): boolean {
    const ended = this.#swallow;
    this.#swallow = false;
    return ended;
  }

  /** Goes on the block, or on its lower edge. */
  handle(block: () => WeekBlock, what: 'move' | 'length'): Attachment<HTMLElement> {
    return element => {
      let pressed: { x: number; y: number; grab: number } | undefined;
      const down = (event: PointerEvent) => {
        const at = this.#geometry();
        if (event.button !== 0 || !at) return;
        this.#swallow = false;
        const { minute } = pointAt(event.clientX, event.clientY, at);
        pressed = { x: event.clientX, y: event.clientY, grab: minute - minuteOf(block().start) };
        listen('addEventListener');
      };
      const drag = (event: PointerEvent) => {
        const at = this.#geometry();
        if (!pressed || !at) return;
        if (!this.now) {
          if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLACK) return;
          // Follows the pointer out of the window; not before it is a drag, which would take a click from its button.
          element.setPointerCapture(event.pointerId);
        }
        const point = pointAt(event.clientX, event.clientY, at);
        this.now = what === 'move' ? this.#moved(block(), point, pressed.grab) : stretched(block(), point.minute);
      };
      const stop = () => {
        if (!pressed) return;
        listen('removeEventListener');
        pressed = undefined;
        this.now = undefined;
      };
      const up = () => {
        const { now } = this;
        stop();
        if (!now) return;
        this.#swallow = true;
        const { id, start, minutes } = block();
        if (now.start !== start || now.minutes !== minutes) {
          this.#drop(id, what === 'move' ? { start: now.start } : { minutes: now.minutes });
        }
      };
      const escape = (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !this.now) return;
        event.preventDefault();
        event.stopPropagation();
        stop();
        this.#swallow = true;
      };
      const listen = (how: 'addEventListener' | 'removeEventListener') => {
        window[how]('pointermove', drag as EventListener);
        window[how]('pointerup', up);
        window[how]('pointercancel', stop);
        window[how]('keydown', escape as EventListener, true);
      };
      element.addEventListener('pointerdown', down);
      return () => {
        stop();
        element.removeEventListener('pointerdown', down);
      };
    };
  }

  #moved({ id, minutes }: WeekBlock, point: { day: number; minute: number }, grab: number): Dragged {
    const start = clamp(snap(point.minute - grab, STEP.move), 0, 24 * 60 - STEP.move);
    return { id, minutes, start: startAt(addDays(this.#from(), point.day), start) };
  }
}

function stretched({ id, start }: WeekBlock, minute: number): Dragged {
  const minutes = snap(minute - minuteOf(start), STEP.length);
  return { id, start, minutes: clamp(minutes, LENGTHS.least, LENGTHS.most) };
}
