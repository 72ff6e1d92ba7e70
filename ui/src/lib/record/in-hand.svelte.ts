/** Records under the learner's hands: asked for, typed in, saved when their page is left and when the window closes. */
import { onMount, untrack } from 'svelte';
import { add, edit, editSingle, KINDS, show, single, type Change, type Fields, type Kind, type Patch } from '$lib/api';
import type { RecordPage } from '$lib/api';
import { kinds } from '$lib/kinds';
import { linkTo, linkToNew } from '$lib/shell/places';
import { query, type Query } from '$lib/store/query.svelte';
import { Draft, type Keeper } from './draft.svelte';
import { leaveBehind, takeUp } from './unkept';
import { saveAtTheEnd } from './unsaved';

/**
 * For the life of a component: what is in `draft` is saved when the component goes and when the window does. What
 * cannot be kept is told, and waits at `address`.
 */
export function saveWhenLeft(kind: Kind, address: () => string, draft: () => Draft | undefined): void {
  onMount(() =>
    saveAtTheEnd(
      async () => (await draft()?.flush()) ?? true,
      kept => {
        const left = draft();
        if (left && !kept) leaveBehind(address(), kinds[kind], left);
      },
    ),
  );
}

/** A record that a page shows and edits. */
export class InHand {
  /** Absent while the record is new. */
  id = $state<string>();
  /** Absent until the record is there. */
  draft = $state.raw<Draft>();
  readonly page: Query<RecordPage>;
  /** Whether the record was there and is no longer: removed, or its making undone. */
  readonly gone = $derived.by(() => this.page.error?.code === 'not-found');

  constructor(kind: Kind, ask: (id: string | undefined) => Promise<RecordPage> | undefined, reads: readonly Kind[]) {
    this.page = query(
      () => reads,
      () => ask(this.id),
    );
    saveWhenLeft(
      kind,
      () => this.address,
      () => this.draft,
    );
  }

  /** Where a draft that cannot be kept is found again. */
  address = '';

  /** Has the draft follow the vault; the first answer begins it where there is none yet. */
  follow(begin: (fields: Fields) => Draft): void {
    $effect(() => {
      const fields = this.page.data?.fields;
      if (!fields) return;
      untrack(() => {
        this.draft ??= takeUp(this.address) ?? begin(fields);
        this.draft.take(fields);
      });
    });
  }
}

// Names of linked records and backlinks are on a page, so a change of any kind may change it.

/** A record that is there. `reads` are the kinds whose changes change its page. */
export function keptRecord(kind: Kind, id: string, reads: readonly Kind[] = KINDS): InHand {
  const record = new InHand(kind, () => show(kind, id), reads);
  record.id = id;
  record.address = linkTo(kind, id);
  record.follow(fields => new Draft(fields, { edit: patch => edit(kind, id, patch) }));
  return record;
}

/** The one record of its kind, made with its first edit. `saved` hears what was written. */
export function singleRecord(
  kind: 'profile' | 'money-settings',
  saved: (patch: Patch, draft: Draft) => void = () => undefined,
): InHand {
  const record = new InHand(kind, () => single(kind), [kind]);
  record.address = linkTo(kind, '');
  record.follow(fields => {
    const draft: Draft = new Draft(fields, {
      async edit(patch) {
        const change = await editSingle(kind, patch);
        saved(patch, draft);
        return change;
      },
    });
    return draft;
  });
  return record;
}

/** A record that is not there yet: kept with its first words. `added` hears its key. */
export function newRecord(
  kind: Kind,
  given: Fields,
  { params = {}, added = () => undefined }: { params?: Record<string, string>; added?: (id: string) => void } = {},
): InHand & { draft: Draft } {
  const record = new InHand(kind, id => (id === undefined ? undefined : show(kind, id)), KINDS);
  record.address = linkToNew(kind, params);
  const draft = takeUp(record.address) ?? new Draft(given, newKeeper(kind));
  draft.onadded = ({ id }) => {
    if (id === null) return;
    record.id = id;
    record.address = linkTo(kind, id);
    added(id);
  };
  record.draft = draft;
  record.follow(() => draft);
  return record as InHand & { draft: Draft };
}

/** Makes a record, and from then on edits it. */
export function newKeeper(kind: Kind): Required<Keeper> {
  let made = '';
  return {
    async add(fields: Fields): Promise<Change> {
      const change = await add(kind, fields);
      made = change.id ?? '';
      return change;
    },
    edit: patch => edit(kind, made, patch),
  };
}
