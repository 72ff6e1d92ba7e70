/** What was done, in words: for toasts and for the history. */
import type { Change, Kind } from '$lib/api';
import { faces } from '$lib/kinds/faces';
import { m } from '$lib/paraglide/messages';
import { isolated } from './foreign';
import { inSentence } from './locale';

/** A toast for a change, or nothing where the change speaks for itself. */
export function changeInToast(change: Change): string | undefined {
  const title = isolated(change.title);
  switch (change.action) {
    case 'add':
      return m.toast_added({ title });
    case 'remove':
      return m.toast_removed({ title });
    case 'move':
      return m.toast_moved({ title });
    case 'attach':
      return m.toast_attached({ title });
    case 'detach':
      return m.toast_detached({ title });
    case 'held-remove':
      return m.toast_held_removed({ title });
    case 'import':
      return m.toast_imported({ title });
    case 'sample-fill':
      return m.toast_sample_filled();
    case 'sample-remove':
      return m.toast_sample_removed();
    default:
      return undefined;
  }
}

/** A line of the history. `count` is how many records the action touched. */
export function actionInWords(action: string, kind: Kind | null, name: string, count: number): string {
  const title = isolated(name);
  const what = kind ? inSentence(faces[kind].one()) : m.did_record();
  const named = title || m.did_records({ count });
  switch (action) {
    case 'add':
      return m.did_add({ kind: what, title });
    case 'edit':
      return m.did_edit({ kind: what, title });
    case 'remove':
      return m.did_remove({ kind: what, title });
    case 'move':
      return m.did_move({ kind: what, title });
    case 'attach':
      return m.did_attach({ title });
    case 'detach':
      return m.did_detach({ title });
    case 'held-remove':
      return m.did_held_remove({ title });
    case 'import':
      return m.did_import({ title: named });
    case 'refresh':
      return m.did_refresh({ title: named });
    case 'sample-fill':
      return m.did_sample_fill();
    case 'sample-remove':
      return m.did_sample_remove();
    case 'undo':
      return m.did_undo();
    case 'redo':
      return m.did_redo();
    case 'restore':
      return m.did_restore();
    default:
      return m.did_other({ title: named });
  }
}
