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
