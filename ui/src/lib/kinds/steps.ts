/** Steps of history with the fields that an edit changed. */
import type { HistoryEntry, Kind } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { actionInWords } from '$lib/words/changes';
import { inSentence } from '$lib/words/locale';
import { kinds, type Words } from '.';

/** Fields that are edited where none has a name: what a collection shows is chosen in Documents. */
const ELSEWHERE: Record<string, Words> = {
  'collection/entries': m.history_choice,
  'collection/sections': m.history_choice,
};

/**
 * The fields of an edit as the record's page calls them, each once. `names` are those of the vault: `issuer`, or of a field
 * that holds an object a member of it, `location/city`.
 */
export function fieldsInWords(kind: Kind, names: readonly string[]): string[] {
  const { title, heading = [], sections } = kinds[kind];
  const fields = [...heading, ...sections.flatMap(section => section.fields)];
  const words = names.flatMap(name => {
    const path = `/${name}`;
    if (path === title.path) return [m.history_name()];
    const elsewhere = ELSEWHERE[`${kind}${path}`];
    if (elsewhere) return [elsewhere()];
    const meant = fields.filter(
      field => field.path === path || path.startsWith(`${field.path}/`) || field.path.startsWith(`${path}/`),
    );
    return meant.map(field => field.label());
  });
  return [...new Set(words.map(inSentence))];
}

/** A step as a line of history: `Edited credential “CKA”: issuer, workload`. */
export function stepInWords({ action, kind, title, count, fields }: HistoryEntry): string {
  const what = actionInWords(action, kind, title, count);
  const words = kind ? fieldsInWords(kind, fields) : [];
  return words.length > 0 ? m.history_fields({ what, fields: words.join(', ') }) : what;
}
