/** Which fields a record still needs before it can be kept. */
import type { Problem } from '$lib/api';
import type { KindSpec } from '$lib/kinds';

/** The labels of the fields whose only fault is to be empty; none where something else is wrong too. */
export function stillNeeded(spec: KindSpec, problems: readonly Problem[]): string[] {
  if (problems.some(problem => problem.rule !== 'required')) return [];
  const fields = [...(spec.heading ?? []), ...spec.sections.flatMap(section => section.fields)];
  const labels = problems.map(problem => {
    if (problem.path === spec.title.path) return spec.title.hint();
    const field = fields.find(other => problem.path === other.path || problem.path.startsWith(`${other.path}/`));
    return field?.label().toLowerCase() ?? '';
  });
  return [...new Set(labels.filter(Boolean))];
}
