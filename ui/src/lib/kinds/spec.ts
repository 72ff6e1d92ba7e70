/** How a kind of record is described: its fields, their editors and words. The generic pages are made from this. */
import type { Fields, Kind, Order } from '$lib/api';
import type { Face, Words } from './faces';

/** The words of a choice, by its kebab-case value, in the order they are offered. */
export type Choices = Record<string, Words>;

interface FieldBase {
  /** JSON pointer into the record: `/title`, `/location/city`. */
  path: string;
  label: Words;
  /** An example or a question, shown while the field is empty. */
  hint?: Words;
  /** Shown also while empty, because most records of this kind have it. */
  always?: boolean;
}

/** A column of a `rows` field. */
export interface Column {
  key: string;
  label: Words;
  as: 'line' | 'address' | 'partial-date' | 'currency' | 'rate' | 'tags';
}

export type FieldSpec = FieldBase &
  (
    | { as: 'line' | 'prose' | 'address' | 'email' | 'lines' | 'addresses' | 'tags' | 'metric' | 'trait' | 'flag' }
    | { as: 'partial-date' | 'date' | 'date-time' | 'currency' }
    | { as: 'number'; unit?: Words; whole?: boolean }
    | { as: 'amount'; currency: string; optional?: boolean }
    | { as: 'choice'; choices: Choices; optional?: boolean }
    | { as: 'rows'; columns: Column[]; another: Words }
    | { as: 'link' | 'links'; to: Kind }
  );

export type EditorName = FieldSpec['as'];

export interface SectionSpec {
  title?: Words;
  fields: FieldSpec[];
  /** While all of it is empty, the one word under which the whole section is offered. */
  together?: Words;
}

/** Records of another kind that link here, shown on this record's page and made from there. */
export interface Related {
  kind: Kind;
  /** The field in them that holds the link. */
  field: string;
  label: Words;
  add: Words;
  /** Shown also while there is none, because most records of this kind should have one. */
  always?: boolean;
}

export interface KindSpec extends Face {
  /** The field that names the record; it stands on top of its page. */
  title: { path: string; hint: Words };
  /** Fields in the line under the title. */
  heading?: FieldSpec[];
  sections: SectionSpec[];
  related?: Related[];
  /** What those records are to this one; “Backed by” if not said. */
  relatedTitle?: Words;
  /** What a new record starts with: what the vault would assume, said so that the page can show it. */
  fresh?: Fields;
  /** The date field of a new record that most likely means today. */
  freshDay?: string;
  statuses?: Choices;
  /** What its statuses are, where they are not states. */
  statusLabel?: Words;
  sorts?: Choices;
  orders: Order[];
  /** What an empty list says: what belongs here, why it helps, and what one looks like. */
  empty: { what: Words; why: Words; example?: { name: Words; says: Words } };
}

/** Every field of a kind that an editor changes, the title included. */
export function fieldPaths(spec: KindSpec): string[] {
  return [
    spec.title.path,
    ...(spec.heading ?? []).map(field => field.path),
    ...spec.sections.flatMap(section => section.fields.map(field => field.path)),
  ];
}
