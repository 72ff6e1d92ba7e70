import { expect, test } from 'vitest';
import { snippetParts } from './snippet';

test('a snippet falls into matches and the words around them', () => {
  expect(snippetParts('the \u0001clus\u0002ter and \u0001clus\u0002')).toEqual([
    { text: 'the ', match: false },
    { text: 'clus', match: true },
    { text: 'ter and ', match: false },
    { text: 'clus', match: true },
  ]);
  expect(snippetParts('none')).toEqual([{ text: 'none', match: false }]);
});

test('the title is not said twice, and fields do not run together', () => {
  const text = (snippet: string) =>
    snippetParts(snippet, 'CKA')
      .map(part => part.text)
      .join('');
  expect(text('\u0001CKA\u0002\nCloud Native\nRuns a cluster')).toBe('Cloud Native · Runs a cluster');
  expect(text('…CKAD\nCloud')).toBe('…CKAD · Cloud');
  expect(text('\u0001CKA\u0002…')).toBe('');
});
