/** When the window first showed something useful: `make bench` reads the mark. */

let marked = false;

/** A page shows what it has to say. The first time, that moment is marked once it is painted. */
export function markUseful(): void {
  if (marked) return;
  marked = true;
  // The task after the frame: what was drawn in it has been painted.
  requestAnimationFrame(() => setTimeout(() => performance.mark('useful'), 0));
}
