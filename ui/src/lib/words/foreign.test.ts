import { expect, test } from 'vitest';
import { whyInWords } from '$lib/verdict/reasons';
import { changeInToast } from './changes';
import { isolated } from './foreign';

test('a foreign name keeps its direction to itself and turns no other', () => {
  expect(isolated('Grace Hopper')).toBe('Grace Hopper');
  expect(isolated('\u202Etsurt\u202C Inc.\u200F')).toBe('tsurt Inc.');
  expect(isolated('אוניברסיטה')).toBe('\u2068אוניברסיטה\u2069');
  expect(isolated('\u2069جامعة')).toBe('\u2068جامعة\u2069');
});

test('no sentence of ours is rearranged by a name in it', () => {
  const report = { detail: { code: 'revoked', params: { issuer: 'Uni\u202E.dilav si tI' } }, reason: '' };
  expect(whyInWords(report as never)).not.toMatch(/\u202E/);
  const change = { history: 1, action: 'remove', kind: null, id: null, title: 'A\u202Eb', touched: [] };
  expect(changeInToast(change)).toBe('Removed “Ab”.');
});
