import { describe, expect, test } from 'vitest';
import { isBlank, patchBetween, rebase, valueAt, withValue } from './patch';

describe('a patch', () => {
  test('says only what changed', () => {
    expect(patchBetween({ title: 'CKA', hours: 40 }, { title: 'CKAD', hours: 40 })).toEqual({ title: 'CKAD' });
  });

  test('replaces a list whole and empties with null', () => {
    expect(patchBetween({ skills: ['a'], issued: '2024' }, { skills: ['a', 'b'], issued: null })).toEqual({
      skills: ['a', 'b'],
      issued: null,
    });
  });

  test('goes into objects, so that two people may edit two parts', () => {
    const from = { location: { city: 'Ulm', region: 'BW' } };
    expect(patchBetween(from, withValue(from, '/location/city', 'Bonn'))).toEqual({ location: { city: 'Bonn' } });
  });

  test('is empty where nothing changed', () => {
    expect(patchBetween({ metric: null }, { metric: null })).toEqual({});
  });
});

describe('a change from elsewhere', () => {
  test('keeps what is being typed and takes the rest', () => {
    const base = { title: 'Old', issuer: 'A', location: { city: 'Ulm', region: '' } };
    const mine = { ...base, title: 'New', location: { city: 'Bonn', region: '' } };
    const theirs = { title: 'Old', issuer: 'B', location: { city: 'Ulm', region: 'NRW' } };
    expect(rebase(base, mine, theirs)).toEqual({
      title: 'New',
      issuer: 'B',
      location: { city: 'Bonn', region: 'NRW' },
    });
  });
});

describe('a pointer', () => {
  test('reads through objects and lists', () => {
    const fields = { rubric: [{ criterion: 'Clarity' }], 'a/b': 1 };
    expect(valueAt(fields, '/rubric/0/criterion')).toBe('Clarity');
    expect(valueAt(fields, '/a~1b')).toBe(1);
    expect(valueAt(fields, '/none/at/all')).toBeUndefined();
  });

  test('writes without touching the original', () => {
    const fields = { location: { city: 'Ulm' } };
    expect(withValue(fields, '/location/city', 'Bonn')).toEqual({ location: { city: 'Bonn' } });
    expect(fields.location.city).toBe('Ulm');
  });
});

test('nothing, empty text, and objects of nothing are blank; zero and false are not', () => {
  for (const blank of [null, undefined, '', [], [''], { holds: null, reason: '' }]) expect(isBlank(blank)).toBe(true);
  for (const told of [0, false, 'x', [1], { holds: false, reason: '' }]) expect(isBlank(told)).toBe(false);
});
