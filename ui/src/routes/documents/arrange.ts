/** A collection's outline under the learner's hands: what Rust knows of it, with what was changed since on top. */
import type { CollectionEntry, Fields, Kind, Outline, OutlineEntry, SectionChoice } from '$lib/api';
import { moved } from '$lib/ui/reorder.svelte';
import type { EntryWords } from './wording';

export interface ArrangedEntry extends Pick<
  OutlineEntry,
  'record' | 'kind' | 'title' | 'subtitle' | 'status' | 'undecided' | 'before'
> {
  shown: boolean;
  /** Whether it has a place of its own in the order. */
  placed: boolean;
  wording: CollectionEntry;
}

/** How many records of a section nobody has decided about. */
export const undecided = ({ entries }: ArrangedSection): number =>
  entries.filter(entry => entry.undecided && !entry.placed).length;

export interface ArrangedSection {
  kind: Kind;
  shown: boolean;
  title: string;
  usualTitle: string;
  entries: ArrangedEntry[];
}

/** The part of a collection that the outline edits. */
export interface Arrangement {
  sections: readonly SectionChoice[];
  entries: readonly CollectionEntry[];
}

/** Reads the arrangement of a collection; fields that Rust leaves out get what it would assume. */
export function arrangementOf(fields: Fields): Arrangement {
  const sections = (fields.sections ?? []) as (Partial<SectionChoice> & Pick<SectionChoice, 'kind'>)[];
  const entries = (fields.entries ?? []) as (Partial<CollectionEntry> & Pick<CollectionEntry, 'record'>)[];
  return {
    sections: sections.map(section => ({ shown: true, title: '', ...section })),
    entries: entries.map(entry => ({ shown: true, title: '', summary: '', highlights: null, ...entry })),
  };
}

/** The outline as it is once `arrangement` is saved. */
export function arranged(outline: Outline, arrangement: Arrangement): ArrangedSection[] {
  const known = new Map(outline.sections.map(section => [section.kind, section]));
  const chosen = new Map(arrangement.sections.map(section => [section.kind, section]));
  const kinds = new Set<Kind>([...chosen.keys(), ...known.keys()].filter(kind => known.has(kind)));
  const sections = [...kinds].flatMap(kind => {
    const section = known.get(kind);
    if (!section) return [];
    const choice = chosen.get(kind);
    return {
      kind,
      shown: choice?.shown ?? true,
      title: choice?.title ?? '',
      usualTitle: section.usual_title,
      entries: arrangedEntries(section.entries, arrangement.entries),
    };
  });
  return sections.toSorted((one, other) => rank(one) - rank(other));
}

/** The summary stands first whatever is said, for a résumé begins with it; sections with nothing to show come last. */
function rank(section: ArrangedSection): number {
  if (section.kind === 'profile') return 0;
  return isEmpty(section) ? 2 : 1;
}

/** Whether a section has no records that it could show. */
export function isEmpty(section: ArrangedSection): boolean {
  return section.kind !== 'profile' && section.entries.length === 0;
}

function arrangedEntries(known: readonly OutlineEntry[], chosen: readonly CollectionEntry[]): ArrangedEntry[] {
  const byRecord = new Map(known.map(entry => [entry.record, entry]));
  const placed = chosen.flatMap(wording => {
    const entry = byRecord.get(wording.record);
    byRecord.delete(wording.record);
    return entry ? [{ ...about(entry), shown: wording.shown, placed: true, wording }] : [];
  });
  const others = [...byRecord.values()].map(entry => ({
    ...about(entry),
    // An entry that was taken out meanwhile no longer shows; what comes along by itself still does.
    shown: entry.shown && !entry.in_collection,
    placed: false,
    wording: { ...entry.wording, shown: true },
  }));
  return [...placed, ...others];
}

const about = ({ record, kind, title, subtitle, status, undecided, before }: OutlineEntry) => ({
  record,
  kind,
  title,
  subtitle,
  status,
  undecided,
  before,
});

/** Every section as a choice, so that an order can be kept. */
function choices(sections: readonly ArrangedSection[]): SectionChoice[] {
  return sections.map(({ kind, shown, title }) => ({ kind, shown, title }));
}

export function withSectionMoved(sections: readonly ArrangedSection[], from: number, to: number): SectionChoice[] {
  return moved(choices(sections), from, to);
}

export function withSection(
  sections: readonly ArrangedSection[],
  kind: Kind,
  change: Partial<Omit<SectionChoice, 'kind'>>,
): SectionChoice[] {
  return choices(sections).map(section => (section.kind === kind ? { ...section, ...change } : section));
}

/** The entries with a record shown or not. It keeps its place and words either way. */
export function withEntryShown(
  entries: readonly CollectionEntry[],
  entry: ArrangedEntry,
  shown: boolean,
): CollectionEntry[] {
  return entry.placed ? changed(entries, entry.record, { shown }) : withNew(entries, entry, { shown });
}

/** The entries with a record in other words. A record that was not chosen stays as unseen as it was. */
export function withEntryWorded(
  entries: readonly CollectionEntry[],
  entry: ArrangedEntry,
  words: Partial<EntryWords>,
): CollectionEntry[] {
  return entry.placed
    ? changed(entries, entry.record, words)
    : withNew(entries, entry, { ...words, shown: entry.shown });
}

/** The entries with one moved among those of its section; the places of the others do not change. */
export function withEntryMoved(
  entries: readonly CollectionEntry[],
  section: ArrangedSection,
  from: number,
  to: number,
): CollectionEntry[] {
  const placed = section.entries.filter(entry => entry.placed).map(entry => entry.record);
  if (from >= placed.length || to < 0 || to >= placed.length) return [...entries];
  const inSection = new Set(placed);
  const byRecord = new Map(entries.map(entry => [entry.record, entry]));
  const order = moved(placed, from, to);
  let next = 0;
  return entries.flatMap(entry => {
    if (!inSection.has(entry.record)) return [entry];
    const record = order[next++];
    const found = record === undefined ? undefined : byRecord.get(record);
    return found ? [found] : [];
  });
}

/** The entries with one more, where the learner's own order has it. */
function withNew(
  entries: readonly CollectionEntry[],
  { wording, before }: ArrangedEntry,
  words: Partial<CollectionEntry>,
): CollectionEntry[] {
  const found = entries.findIndex(entry => entry.record === before);
  return entries.toSpliced(found < 0 ? entries.length : found, 0, { ...wording, ...words });
}

function changed(
  entries: readonly CollectionEntry[],
  record: string,
  change: Partial<CollectionEntry>,
): CollectionEntry[] {
  return entries.map(entry => (entry.record === record ? { ...entry, ...change } : entry));
}
