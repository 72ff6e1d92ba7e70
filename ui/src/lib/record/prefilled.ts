/** What a new record starts with by its address: `?credential=…&title=…`. */
import type { Fields } from '$lib/api';
import { fieldPaths, type KindSpec } from '$lib/kinds';
import { withValue } from './patch';

/** Takes only fields the kind has; a list of links is written `a,b`. */
export function prefilled(spec: KindSpec, params: URLSearchParams): Fields {
  const known = new Set(fieldPaths(spec));
  const specs = [...(spec.heading ?? []), ...spec.sections.flatMap(section => section.fields)];
  let fields: Fields = {};
  for (const [name, value] of params) {
    const path = `/${name}`;
    if (!known.has(path) || value === '') continue;
    const as = specs.find(field => field.path === path)?.as;
    fields = withValue(
      fields,
      path,
      as === 'links' || as === 'lines' || as === 'addresses' || as === 'tags' ? value.split(',') : value,
    );
  }
  return fields;
}
