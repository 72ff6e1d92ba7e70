/** Commands over records of any kind. */
import { call } from './call';
import type { Kind } from './kind';
import type {
  Change,
  Fields,
  Hanging,
  HistoryPage,
  ListPage,
  ListQuery,
  Patch,
  RecordPage,
  Retraced,
  SearchHit,
  SkillBacking,
} from './types';

const EVERYTHING: ListQuery = {
  text: '',
  statuses: [],
  sorts: [],
  order: 'position',
  descending: false,
  offset: 0,
  limit: 200,
};

export const list = (kind: Kind, query: Partial<ListQuery> = {}) =>
  call<ListPage>('list', { kind, query: { ...EVERYTHING, ...query } });

export const show = (kind: Kind, id: string) => call<RecordPage>('show', { kind, id });
export const single = (kind: 'profile' | 'money-settings') => call<RecordPage>('single', { kind });
export const editSingle = (kind: Kind, patch: Patch) => call<Change>('edit_single', { kind, patch });
export const add = (kind: Kind, fields: Fields) => call<Change>('add', { kind, fields });
export const edit = (kind: Kind, id: string, patch: Patch) => call<Change>('edit', { kind, id, patch });
export const remove = (kind: Kind, id: string) => call<Change>('remove', { kind, id });
export const hanging = (kind: Kind, id: string) => call<Hanging[]>('hanging', { kind, id });

/** Puts a record before another of its kind, or at the end. */
export const moveRecord = (kind: Kind, id: string, before: string | null) =>
  call<Change>('move_record', { kind, id, before });

export const search = (words: string, limit = 50) => call<SearchHit[]>('search', { words, limit });
export const skillBacking = () => call<SkillBacking[]>('skill_backing');

/** Takes the last step back; only `step`, where one is given. */
export const undo = (step?: number) => call<Retraced | null>('undo', { only: step ?? null });
export const redo = () => call<Retraced | null>('redo');

/** What was done, newest first: everything, or what touched one record. */
export const history = (of: string | null, offset: number, limit: number) =>
  call<HistoryPage>('history', { of, offset, limit });
