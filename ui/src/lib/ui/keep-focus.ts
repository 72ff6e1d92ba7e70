/** The focus of somebody at the keyboard when what had it goes: a row that is done, a file that is removed, a message. */

/** What stands among its like: where one goes, the next takes over. */
const ROW = 'li, [data-card]';
/** Lists that see to their rows themselves. */
const OWN = '[data-own-focus]';
const TAKES = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/** Where an element stood: its ancestors from the inside, each with its place among its siblings. */
type Trail = { element: Element; place: number }[];

function trailOf(element: Element): Trail {
  const trail: Trail = [];
  for (let at: Element | null = element; at?.parentElement; at = at.parentElement) {
    trail.push({ element: at, place: [...at.parentElement.children].indexOf(at) });
  }
  return trail;
}

/** Whether nothing has the focus but the page as a whole, or something that is out of sight. */
export function focusIsNowhere(): boolean {
  const has = document.activeElement;
  return has === null || has === document.body || has.id === 'page' || !reachable(has);
}

const resting = (element: Element) => element.matches(':disabled');
const reachable = (element: Element) => element.getClientRects().length > 0;
const firstIn = (element: Element | undefined) =>
  element && [...element.querySelectorAll<HTMLElement>(TAKES)].find(reachable);

/** What takes the focus where the end of the trail is gone: the next row, else the one before it. */
function heir(trail: Trail): HTMLElement | undefined {
  const left = trail.findIndex(({ element }) => element.isConnected);
  const rest = trail[left]?.element;
  if (rest === undefined) return undefined;
  const gone = trail[left - 1];
  // Only a part of the row has gone: the row is still the place to be.
  const row = rest.closest(ROW);
  if (!gone?.element.matches(ROW)) return row ? firstIn(row) : undefined;
  const rows = [...rest.children].filter(child => child.matches(ROW));
  return firstIn(rows[gone.place]) ?? firstIn(rows[gone.place - 1]) ?? firstIn(rows.at(-1));
}

/**
 * Watches `root`: when the element that had the focus is taken out of it, the next of its row gets the focus, else
 * `fallback`; when it was disabled for a while, it gets the focus back. What moves the focus itself goes first. Returns
 * what ends it.
 */
export function keepFocus(root: HTMLElement, fallback: () => HTMLElement | null): () => void {
  let trail: Trail = [];
  let rested = false;
  const remember = ({ target }: FocusEvent) => {
    trail = target instanceof Element && target.closest(OWN) === null ? trailOf(target) : [];
  };
  const forget = ({ target }: FocusEvent) => {
    // Left, not removed.
    setTimeout(() => {
      if (trail[0]?.element === target && trail[0]?.element.isConnected && !resting(trail[0].element)) trail = [];
    }, 0);
  };
  const watcher = new MutationObserver(() => {
    if (trail[0] === undefined) return;
    const { element } = trail[0];
    if (element.isConnected) {
      // A button that rests while its work is done has the focus again when it is.
      if (rested && !resting(element) && focusIsNowhere()) (element as HTMLElement).focus({ preventScroll: true });
      rested = resting(element);
      return;
    }
    setTimeout(() => {
      const [last] = trail;
      if (last === undefined || last.element.isConnected) return;
      const next = heir(trail);
      trail = [];
      if (focusIsNowhere()) (next ?? fallback())?.focus({ preventScroll: true });
    }, 0);
  });
  root.addEventListener('focusin', remember);
  root.addEventListener('focusout', forget);
  watcher.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    watcher.disconnect();
    root.removeEventListener('focusin', remember);
    root.removeEventListener('focusout', forget);
  };
}
