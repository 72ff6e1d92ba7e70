/** Collections as documents: outline, page, texts and exports. */
import type { DocumentKind } from '$lib/bindings/DocumentKind';
import type { Format as DocumentFormat } from '$lib/bindings/Format';
import { call } from './call';
import { vaultUrl } from './files';
import type { Kind } from './kind';
import type { Change, Fields } from './types';

/** A record in a collection, with words of its own where they differ from the record's. */
export interface CollectionEntry {
  record: string;
  shown: boolean;
  /** Empty for the record's own. */
  title: string;
  /** Empty for the record's own. */
  summary: string;
  /** Absent for the record's own. */
  highlights: string[] | null;
}

export interface SectionChoice {
  kind: Kind;
  shown: boolean;
  /** Empty for the usual one. */
  title: string;
}

export interface OutlineEntry {
  record: string;
  kind: Kind;
  title: string;
  subtitle: string;
  status: string;
  /** Whether documents show it as far as its section is shown: evidence comes along with what it belongs to. */
  shown: boolean;
  in_collection: boolean;
  /** The entry, or the one it would become. */
  wording: CollectionEntry;
}

export interface OutlineSection {
  kind: Kind;
  shown: boolean;
  title: string;
  usual_title: string;
  /** The chosen records in order, then those that could be chosen. */
  entries: OutlineEntry[];
}

export interface Outline {
  sections: OutlineSection[];
}

export interface DocumentWarning {
  code: string;
  params: Record<string, unknown>;
}

export interface Preview {
  /** The same page always has the same revision. */
  revision: string;
  pages: number;
  /** What each page's picture is: the same mark is the same picture. */
  marks: string[];
  warnings: DocumentWarning[];
}

/** A text beside its length: in characters as people count them, and as web forms do. */
export interface Counted {
  text: string;
  graphemes: number;
  utf16: number;
  /** In UTF-16 units. */
  limit: number;
}

export interface Certification {
  id: string;
  name: Counted;
  organisation: Counted;
  issued: string | null;
  expires: string | null;
  credential_id: Counted;
  url: Counted;
  skills: string[];
  /** Opens LinkedIn's form with these fields. */
  add_url: string;
}

export interface LinkedIn {
  headline: Counted;
  about: Counted;
  certifications: Certification[];
}

export type TextFormat = 'text' | 'markdown' | 'json-resume';

export interface DocumentText {
  text: string;
  /** What other programs will not see in it, a sentence each. */
  lost: string[];
}

export type { DocumentFormat, DocumentKind };

export interface Exported {
  path: string;
  /** In bytes. */
  size: number;
  lost: string[];
}

/** A new collection that holds every record, in the profile's order. */
export const newCollection = (title: string) => call<Change>('new_collection', { title });
export const outline = (collection: string) => call<Outline>('outline', { collection });

/** Sets the page with `draft`, fields that are not saved yet, over the collection. */
export const preview = (collection: string, draft: Fields | null) => call<Preview>('preview', { collection, draft });

/** Where the window shows a page of a document, counted from 0. */
export const pageUrl = (revision: string, page: number) => vaultUrl(`page/${revision}/${page}.svg`);

export const linkedIn = (collection: string) => call<LinkedIn>('linkedin', { collection });
export const documentText = (collection: string, format: TextFormat) =>
  call<DocumentText>('document_text', { collection, format });

/** Asks where to, then writes; null when the learner thought better of it. */
export const exportDocument = (collection: string | null, document: DocumentKind, format: DocumentFormat) =>
  call<Exported | null>('export_document', { collection, document, format });
