/** The editor of each sort of field. */
import type { Component } from 'svelte';
import type { EditorName } from '$lib/kinds';
import AddressEditor from './AddressEditor.svelte';
import ChoiceEditor from './ChoiceEditor.svelte';
import CurrencyEditor from './CurrencyEditor.svelte';
import FlagEditor from './FlagEditor.svelte';
import LineEditor from './LineEditor.svelte';
import LinesEditor from './LinesEditor.svelte';
import LinkEditor from './LinkEditor.svelte';
import MetricEditor from './MetricEditor.svelte';
import ParsedEditor from './ParsedEditor.svelte';
import type { EditorProps } from './props';
import ProseEditor from './ProseEditor.svelte';
import RowsEditor from './RowsEditor.svelte';
import TagsEditor from './TagsEditor.svelte';
import TraitEditor from './TraitEditor.svelte';

const editors = {
  line: LineEditor,
  email: LineEditor,
  prose: ProseEditor,
  address: AddressEditor,
  'partial-date': ParsedEditor,
  date: ParsedEditor,
  'date-time': ParsedEditor,
  number: ParsedEditor,
  amount: ParsedEditor,
  currency: CurrencyEditor,
  choice: ChoiceEditor,
  flag: FlagEditor,
  trait: TraitEditor,
  metric: MetricEditor,
  lines: LinesEditor,
  addresses: LinesEditor,
  tags: TagsEditor,
  rows: RowsEditor,
  link: LinkEditor,
  links: LinkEditor,
};

/** The editor of a field. Each takes only its own sort of field; the table above pairs them. */
export function editorOf(name: EditorName): Component<EditorProps> {
  return editors[name] as unknown as Component<EditorProps>;
}
