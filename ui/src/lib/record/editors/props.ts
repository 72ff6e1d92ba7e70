/** What every editor is given. */
import type { NamedLink } from '$lib/api';
import type { EditorName, FieldSpec } from '$lib/kinds';
import type { Draft } from '../draft.svelte';

export interface EditorProps<Name extends EditorName = EditorName> {
  field: FieldSpec & { as: Name };
  draft: Draft;
  /** The element's id; its label points to it. */
  id: string;
  /** The ids of what describes it: its error. */
  describedby: string | undefined;
  invalid: boolean;
  /** The records this one links to, by name. */
  links: readonly NamedLink[];
  /** Says what is wrong with what was typed, or that nothing is. It is not saved until it is mended. */
  refuse: (rule: string | undefined) => void;
}
