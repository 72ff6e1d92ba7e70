/** What of a record a collection can reword: the same fields as in `cairn-app`'s `curation::wording`. */
import type { Fields, Kind } from '$lib/api';
import { strings, text } from '$lib/record/editors/text';

export interface Places {
  title: string;
  summary?: string;
  highlights?: string;
}

const PLACES: Partial<Record<Kind, Places>> = {
  work: { title: 'position', summary: 'summary', highlights: 'highlights' },
  volunteering: { title: 'position', summary: 'summary', highlights: 'highlights' },
  project: { title: 'name', summary: 'description', highlights: 'highlights' },
  education: { title: 'area', highlights: 'courses' },
  award: { title: 'title', summary: 'summary' },
  publication: { title: 'name', summary: 'summary' },
  reference: { title: 'name', summary: 'reference' },
  language: { title: 'language', summary: 'fluency' },
  interest: { title: 'name', highlights: 'keywords' },
  skill: { title: 'name', highlights: 'keywords' },
  credential: { title: 'title', summary: 'scope', highlights: 'competencies' },
  story: { title: 'title', summary: 'result', highlights: '' },
  evidence: { title: 'title', summary: 'description', highlights: 'claims' },
};

export function placesOf(kind: Kind): Places | undefined {
  return PLACES[kind];
}

/** A record's own words, as a document says them. */
export interface OwnWords {
  title: string;
  /** Absent where a document of this kind says none. */
  summary: string | undefined;
  highlights: string[] | undefined;
}

export function ownWords(kind: Kind, fields: Fields): OwnWords | undefined {
  const places = placesOf(kind);
  if (!places) return undefined;
  // A course of study is named by two fields, as in `Education::heading`.
  const title =
    kind === 'education'
      ? [text(fields.study_type), text(fields.area)].filter(Boolean).join(', ')
      : text(fields[places.title]);
  return {
    title,
    summary: places.summary === undefined ? undefined : text(fields[places.summary]),
    highlights: places.highlights === undefined ? undefined : strings(fields[places.highlights]),
  };
}
