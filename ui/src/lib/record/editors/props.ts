/** What every editor is given. */
import type { NamedLink } from '$lib/api';
import type { EditorName, FieldSpec } from '$lib/kinds';
import type { Draft } from '../draft.svelte';

/** What an editor needs of a record under the learner's hands. */
export type EditedFields = Pick<Draft, 'value' | 'set' | 'problemsAt' | 'flush' | 'held' | 'hold' | 'settle' | 'letGo'>;

export interface EditorProps<Name extends EditorName = EditorName> {
  field: FieldSpec & { as: Name };
  draft: EditedFields;
  /** The element's id; its label points to it. */
  id: string;
  /** The ids of what describes it: its error. */
  describedby: string | undefined;
  invalid: boolean;
  /** The records this one links to, by name. */
  links: readonly NamedLink[];
}
