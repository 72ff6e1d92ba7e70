/** Results of a credential beside what its achievements say of them. */
import type { CredentialView } from '$lib/api';

type Result = CredentialView['results'][number];
type Description = CredentialView['achievements'][number]['result_descriptions'][number];
type Level = Description['levels'][number];

/**
 * The levels of the rubric that a result belongs to, lowest first as the issuer lists them: by the identifier that it names,
 * since two rubrics may have one name; by the name alone where it names none.
 */
export function levelsOf({ description, name }: Result, all: readonly Description[]): Level[] {
  const found =
    description === null
      ? all.find(one => name !== null && one.name === name)
      : all.find(one => one.id === description);
  return found?.levels ?? [];
}

/** The level that was reached. */
export const reachedOf = (result: Result, levels: readonly Level[]): Level | undefined =>
  levels.find(level => level.name !== null && level.name === result.level);
