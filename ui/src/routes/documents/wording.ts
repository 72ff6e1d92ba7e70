/** What of a record a collection can reword: the same fields as in `cairn-app`'s `curation::wording`. */
import type { CollectionEntry, Fields, Kind } from '$lib/api';
import type { FieldSpec, Words } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { same } from '$lib/record/patch';
import { strings, text } from '$lib/record/editors/text';

/** The words of an entry that can differ from the record's. */
export type EntryWords = Pick<CollectionEntry, 'title' | 'summary' | 'highlights'>;

/** What a document says of a record by itself. */
export interface OwnWords {
  title: string;
  /** Absent where a document of this kind says none. */
  summary?: { label: Words; text: string };
  bullets?: {
    label: Words;
    lines: string[];
    /** The document picks one outcome by itself; what is written instead begins with `lines`. */
    picked: boolean;
  };
}

type Reader = (fields: Fields) => OwnWords;

const bullets = (label: Words, value: unknown) => ({ label, lines: strings(value), picked: false });
const picked = (lines: string[]) => ({ label: m.field_highlights, lines: lines.filter(Boolean), picked: true });

const READERS: Partial<Record<Kind, Reader>> = {
  work: f => ({
    title: text(f.position) || text(f.name),
    summary: { label: m.field_summary, text: text(f.summary) },
    bullets: bullets(m.field_highlights, f.highlights),
  }),
  volunteering: f => ({
    title: text(f.position) || text(f.organization),
    summary: { label: m.field_summary, text: text(f.summary) },
    bullets: bullets(m.field_highlights, f.highlights),
  }),
  project: f => ({
    title: text(f.name),
    summary: { label: m.field_summary, text: text(f.description) },
    bullets: bullets(m.field_highlights, f.highlights),
  }),
  education: f => ({
    title: [text(f.study_type), text(f.area)].filter(Boolean).join(', ') || text(f.institution),
    bullets: bullets(m.field_courses, f.courses),
  }),
  award: f => ({ title: text(f.title), summary: { label: m.field_summary, text: text(f.summary) } }),
  publication: f => ({ title: text(f.name), summary: { label: m.field_summary, text: text(f.summary) } }),
  reference: f => ({ title: text(f.name), summary: { label: m.field_reference, text: text(f.reference) } }),
  language: f => ({ title: text(f.language), summary: { label: m.field_fluency, text: text(f.fluency) } }),
  interest: f => ({ title: text(f.name), bullets: bullets(m.field_keywords, f.keywords) }),
  skill: f => ({ title: text(f.name), bullets: bullets(m.field_keywords, f.keywords) }),
  // A credential's own scope is not printed; a summary is, where the learner writes one for this collection.
  credential: f => ({
    title: text(f.title),
    summary: { label: m.field_summary, text: '' },
    bullets: picked(strings(f.competencies)),
  }),
  story: f => ({ title: text(f.title), bullets: picked([text(f.result)]) }),
  evidence: f => ({
    title: text(f.title),
    summary: { label: m.field_description, text: text(f.description) },
    bullets: bullets(m.field_claims, f.claims),
  }),
};

/** What a document says of a record while the collection has no words of its own for it. */
export function ownWords(kind: Kind, fields: Fields): OwnWords | undefined {
  return READERS[kind]?.(fields);
}

/** The fields of an entry, described as those of a record. */
export function wordFields(own: OwnWords, words: EntryWords): FieldSpec[] {
  const fields: FieldSpec[] = [{ path: '/title', label: m.words_title, as: 'line' }];
  if (own.summary) fields.push({ path: '/summary', label: own.summary.label, as: 'prose', hint: m.words_summary_hint });
  if (own.bullets && (!own.bullets.picked || words.highlights !== null)) {
    fields.push({ path: '/highlights', label: own.bullets.label, as: 'lines', hint: m.words_bullets_hint });
  }
  return fields;
}

/** What is read in a field: the collection's words, else the record's. */
export function effective(path: string, own: OwnWords, words: EntryWords): unknown {
  switch (path) {
    case '/title':
      return words.title || own.title;
    case '/summary':
      return words.summary || (own.summary?.text ?? '');
    default:
      return words.highlights ?? own.bullets?.lines ?? [];
  }
}

/** What is kept of what was typed: nothing where it says the same as the record. */
export function asWords(path: string, value: unknown, own: OwnWords): Partial<EntryWords> {
  switch (path) {
    case '/title':
      return { title: same(value, own.title) ? '' : text(value) };
    case '/summary':
      return { summary: same(value, own.summary?.text) ? '' : text(value) };
    default: {
      const usual = own.bullets && !own.bullets.picked && same(value, own.bullets.lines);
      return { highlights: usual ? null : strings(value) };
    }
  }
}

/** Whether an entry says something in words of its own. */
export function isReworded(words: EntryWords): boolean {
  return words.title.trim() !== '' || words.summary.trim() !== '' || words.highlights !== null;
}

export const NO_WORDS: EntryWords = { title: '', summary: '', highlights: null };
