/** Which fields a record still needs before it can be kept. */
import type { Problem } from '$lib/api';
import type { KindSpec } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { errorInWords, problemInWords } from '$lib/words/errors';
import type { Draft } from './draft.svelte';
import { isolated } from '$lib/words/foreign';
import { inSentence } from '$lib/words/locale';

/** The labels of the fields that the problems are about, each once. */
export function fieldsAt(spec: KindSpec, problems: readonly Problem[]): string[] {
  const fields = [...(spec.heading ?? []), ...spec.sections.flatMap(section => section.fields)];
  const labels = problems.map(problem => {
    if (problem.path === spec.title.path) return spec.title.hint();
    const field = fields.find(other => problem.path === other.path || problem.path.startsWith(`${other.path}/`));
    return field ? inSentence(field.label()) : '';
  });
  return [...new Set(labels.filter(Boolean))];
}

/** The labels of the fields whose only fault is to be empty; none where something else is wrong too. */
export function stillNeeded(spec: KindSpec, problems: readonly Problem[]): string[] {
  return problems.every(problem => problem.rule === 'required') ? fieldsAt(spec, problems) : [];
}

/** What a draft's page says while the vault does not take it: which fields are not kept. */
export function unkeptInShort(spec: KindSpec, draft: Pick<Draft, 'error' | 'problemsAt'>): string {
  if (draft.error) return errorInWords(draft.error);
  const problems = draft.problemsAt('');
  const needed = stillNeeded(spec, problems);
  return needed.length > 0
    ? m.record_missing({ fields: needed.join(', ') })
    : m.record_wrong({ fields: fieldsAt(spec, problems).join(', ') });
}

/** How much of a name tells a record from others; what is wrong with it must have room, too. */
const NAMED = 60;

/** What is not kept of a draft and why, for somebody who does not see its page. */
export function unkeptInWords(
  spec: KindSpec,
  draft: Pick<Draft, 'error' | 'problemsAt' | 'isMade'>,
  title: string,
): string {
  const short = title.length > NAMED ? `${title.slice(0, NAMED)}…` : title;
  const record = short === '' ? spec.one() : m.record_quoted({ title: isolated(short) });
  const problems = draft.problemsAt('');
  const why = draft.error
    ? errorInWords(draft.error)
    : stillNeeded(spec, problems).length > 0
      ? m.record_missing({ fields: stillNeeded(spec, problems).join(', ') })
      : [...new Set(problems.map(problemInWords))].join(' ');
  const fields = draft.error ? [] : fieldsAt(spec, problems);
  // Of a record that is there only the fields are not kept that are wrong.
  return draft.isMade && fields.length > 0
    ? m.record_partly_unkept({ record, fields: fields.join(', '), why })
    : m.record_unkept({ record, why });
}
