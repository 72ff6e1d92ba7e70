/** Which fields a record still needs before it can be kept. */
import type { Problem } from '$lib/api';
import type { KindSpec } from '$lib/kinds';
import { m } from '$lib/paraglide/messages';
import { errorInWords, problemInWords } from '$lib/words/errors';
import type { Draft } from './draft.svelte';
import { inSentence } from '$lib/words/locale';

/** The labels of the fields whose only fault is to be empty; none where something else is wrong too. */
export function stillNeeded(spec: KindSpec, problems: readonly Problem[]): string[] {
  if (problems.some(problem => problem.rule !== 'required')) return [];
  const fields = [...(spec.heading ?? []), ...spec.sections.flatMap(section => section.fields)];
  const labels = problems.map(problem => {
    if (problem.path === spec.title.path) return spec.title.hint();
    const field = fields.find(other => problem.path === other.path || problem.path.startsWith(`${other.path}/`));
    return field ? inSentence(field.label()) : '';
  });
  return [...new Set(labels.filter(Boolean))];
}

/** Why a draft is not kept, for somebody who does not see its page. */
export function whyUnkept(spec: KindSpec, draft: Pick<Draft, 'error' | 'problemsAt'>): string {
  if (draft.error) return errorInWords(draft.error);
  const problems = draft.problemsAt('');
  const needed = stillNeeded(spec, problems);
  if (needed.length > 0) return m.record_missing({ fields: needed.join(', ') });
  return problems.map(problemInWords).join(' ');
}
