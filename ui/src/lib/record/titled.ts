/** The sections of a kind with its name as the first field, for where there is no title line. */
import type { KindSpec, SectionSpec } from '$lib/kinds';

export function titled(spec: KindSpec): SectionSpec[] {
  const [first, ...rest] = spec.sections;
  const fields = first?.fields ?? [];
  return [
    { ...first, fields: [{ path: spec.title.path, label: spec.title.hint, as: 'line', always: true }, ...fields] },
    ...rest,
  ];
}
