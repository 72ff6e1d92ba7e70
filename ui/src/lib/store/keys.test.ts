import { expect, test } from 'vitest';
import { Keys, keptByText, nameOf, shown } from './keys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test('a key is named as shortcuts are written', () => {
  expect(press('K', { ctrlKey: true })).toBe('mod+k');
  expect(press('k', { metaKey: true })).toBe('mod+k');
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+z');
  expect(press('ArrowUp', { altKey: true })).toBe('alt+ArrowUp');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('N', { shiftKey: true })).toBe('n');
});

test('G waits for its letter, but not for ever', () => {
  const known = ['g c', 'g e', 'n', 'e'];
  const keys = new Keys();
  expect(keys.press('g', known, 0)).toBeUndefined();
  expect(keys.press('e', known, 300)).toBe('g e');
  expect(keys.press('g', known, 1000)).toBeUndefined();
  expect(keys.press('e', known, 5000)).toBe('e');
});

test('a second letter that belongs to no sequence means itself', () => {
  const keys = new Keys();
  const known = ['g c', 'n'];
  keys.press('g', known, 0);
  expect(keys.press('n', known, 100)).toBe('n');
  expect(keys.press('x', known, 200)).toBeUndefined();
});

test('keys are shown as they stand on the keyboard', () => {
  expect(shown('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(shown('mod+k', true)).toEqual(['⌘', 'K']);
  expect(shown('g c', false)).toEqual(['G', 'C']);
  expect(shown('Escape', false)).toEqual(['Esc']);
});

test('what edits text stays with the text field', () => {
  const text = ['mod+Backspace', 'mod+Delete', 'mod+a', 'mod+c', 'mod+v', 'mod+x', 'mod+z', 'mod+shift+z', 'mod+y'];
  for (const name of [...text, 'mod+ArrowLeft', 'mod+shift+ArrowRight'])
    expect(keptByText(name, false), name).toBe(true);
  for (const name of ['mod+k', 'alt+ArrowLeft', 'alt+Backspace', 'Escape'])
    expect(keptByText(name, false), name).toBe(false);
  for (const name of ['alt+ArrowLeft', 'alt+Backspace', 'mod+Backspace'])
    expect(keptByText(name, true), name).toBe(true);
});
