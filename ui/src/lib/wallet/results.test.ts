import { expect, test } from 'vitest';
import type { CredentialView } from '$lib/api';
import { levelsOf, reachedOf } from './results';

type Description = CredentialView['achievements'][number]['result_descriptions'][number];

const level = (name: string) => ({ id: null, name, level: null, description: null, points: null });
const rubric = (id: string, ...levels: string[]): Description => ({
  id,
  name: 'Troubleshooting',
  kind: null,
  allowed: [],
  required_value: null,
  required_level: null,
  min: null,
  max: null,
  levels: levels.map(level),
  alignments: [],
});
const result = (description: string | null): CredentialView['results'][number] => ({
  description,
  name: 'Troubleshooting',
  kind: null,
  value: null,
  status: null,
  level: 'Sound',
  required: null,
  max: null,
  alignments: [],
});

test('a result has the levels of the rubric it names, whatever else is called the same', () => {
  const all = [rubric('urn:1', 'Begun', 'Sound'), rubric('urn:2', 'Weak', 'Sound', 'Strong')];
  expect(levelsOf(result('urn:2'), all)).toEqual(all[1]?.levels);
  expect(levelsOf(result('urn:3'), all)).toEqual([]);
  expect(levelsOf(result(null), all)).toEqual(all[0]?.levels);
  expect(reachedOf(result('urn:2'), levelsOf(result('urn:2'), all))?.name).toBe('Sound');
});
