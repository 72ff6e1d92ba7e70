import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionInWords } from './changes';

const APP = join(import.meta.dirname, '../../../../src-tauri/crates/cairn-app/src');

function sources(folder: string): string {
  return readdirSync(folder)
    .map(name => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? sources(path) : readFileSync(path, 'utf8');
    })
    .join('\n');
}

test('everything the use cases do has words of its own in the history', () => {
  const rust = sources(APP);
  const steps = [
    ...rust.matchAll(/Step::of\(\s*"([a-z-]+)"/g),
    ...rust.matchAll(/Step::(?:named|plain|new)\(\s*"([a-z-]+)"/g),
  ];
  const actions = new Set([...steps, ...rust.matchAll(/\baction: "([a-z-]+)"/g)].map(match => match[1] ?? ''));
  expect(actions.size).toBeGreaterThan(5);
  const worded = [...actions].filter(action => actionInWords(action, 'skill', 'X', 2) !== 'Changed X');
  expect(worded.toSorted()).toEqual([...actions].toSorted());
});

test('a step says what was done to what', () => {
  expect(actionInWords('add', 'budget-line', 'Exam fee', 1)).toBe('Added cost “Exam fee”');
  expect(actionInWords('edit', null, 'Cut the build', 1)).toBe('Edited record “Cut the build”');
  expect(actionInWords('import', null, '', 14)).toBe('Imported 14 records');
});
