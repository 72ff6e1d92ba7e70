/** Where the rows of a grouped list lie, when most of them are not there yet: a list may have 100,000. */

export interface Group {
  value: string;
  total: number;
}

export type Place = { heading: Group } | { group: number; offset: number };

export interface Layout {
  /** Rows, headings included. */
  rows: number;
  /** What stands in a row. */
  at(row: number): Place | undefined;
  /** The row of an item, or -1 where its group is folded. */
  rowOf(group: number, offset: number): number;
}

/** Lays out groups one under the other; with headings when `headed`; folded ones show their heading alone. */
export function layOut(groups: readonly Group[], headed: boolean, folded: ReadonlySet<string> = new Set()): Layout {
  const heading = headed ? 1 : 0;
  const starts: number[] = [];
  let rows = 0;
  for (const group of groups) {
    starts.push(rows);
    rows += heading + (headed && folded.has(group.value) ? 0 : group.total);
  }
  return {
    rows,
    at(row) {
      if (row < 0 || row >= rows) return undefined;
      let index = starts.length - 1;
      while (index > 0 && (starts[index] ?? 0) > row) index -= 1;
      const group = groups[index];
      const within = row - (starts[index] ?? 0);
      if (!group) return undefined;
      return headed && within === 0 ? { heading: group } : { group: index, offset: within - heading };
    },
    rowOf(group, offset) {
      const found = groups[group];
      if (!found || (headed && folded.has(found.value))) return -1;
      return (starts[group] ?? 0) + heading + offset;
    },
  };
}

/** The rows to draw: those in sight, and `spare` more on either side so that scrolling never shows a gap. */
export function inSight(scrolled: number, height: number, row: number, rows: number, spare = 8): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / row) - spare);
  const last = Math.min(rows, Math.ceil((scrolled + height) / row) + spare);
  return [Math.min(first, rows), last];
}
