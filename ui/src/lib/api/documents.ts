/** Collections as documents: outline, page, texts and exports. */
import type { DocumentKind } from '$lib/bindings/DocumentKind';
import type { DocumentText } from '$lib/bindings/DocumentText';
import type { Exported } from '$lib/bindings/Exported';
import type { Format as DocumentFormat } from '$lib/bindings/Format';
import type { LinkedIn } from '$lib/bindings/LinkedIn';
import type { Outline } from '$lib/bindings/Outline';
import type { ResumePreview } from '$lib/bindings/ResumePreview';
import type { TextFormat } from '$lib/bindings/TextFormat';
import { call } from './call';
import { vaultUrl } from './files';
import type { Fields } from './types';

export type { CollectionEntry } from '$lib/bindings/CollectionEntry';
export type { Counted } from '$lib/bindings/Counted';
export type { DocumentWarning } from '$lib/bindings/DocumentWarning';
export type { LinkedInCertification as Certification } from '$lib/bindings/LinkedInCertification';
export type { OutlineEntry } from '$lib/bindings/OutlineEntry';
export type { OutlineSection } from '$lib/bindings/OutlineSection';
export type { SectionChoice } from '$lib/bindings/SectionChoice';
export type { DocumentFormat, DocumentKind, DocumentText, Exported, LinkedIn, Outline, ResumePreview, TextFormat };

/** A new collection that holds every record, in the profile's order. */
export const outline = (collection: string) => call<Outline>('outline', { collection });

/** Sent as `page` while a preview with a draft is answered: its first page. */
export interface SentPage {
  revision: string;
  svg: string;
}

/** Sets the page with `draft`, fields that are not saved yet, over the collection. */
export const preview = (collection: string, draft: Fields | null) =>
  call<ResumePreview>('preview', { collection, draft });

/** Where the window shows a page of a document, counted from 0. */
export const pageUrl = (revision: string, page: number) => vaultUrl(`page/${revision}/${page}.svg`);

export const linkedIn = (collection: string) => call<LinkedIn>('linkedin', { collection });
export const documentText = (collection: string, format: TextFormat) =>
  call<DocumentText>('document_text', { collection, format });

/** Asks where to, then writes; null when the learner thought better of it. */
export const exportDocument = (collection: string | null, document: DocumentKind, format: DocumentFormat) =>
  call<Exported | null>('export_document', { collection, document, format });
