import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askedFor, problemOf } from './hosts';

const rust = (path: string) => readFileSync(new URL(`../../../../src-tauri/crates/${path}`, import.meta.url), 'utf8');

test('whatever can go wrong at a host has words', () => {
  const codes = [...rust('cairn-app/src/wallet/fetch.rs').matchAll(/Problem::\w+(?:\(_\))? => "([a-z-]+)"/g)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(5);
  for (const code of codes) {
    const words = problemOf({ host: 'a.example', got: 0, code: code ?? '', problem: 'in English from Rust' });
    expect(words, code).not.toBe('in English from Rust');
  }
});

test('a host is asked for keys, for status, and for parts of badges, each by its name', () => {
  const why = ['key-document', 'status-list', 'hosted-document'];
  expect(askedFor({ host: 'a.example', why, credentials: 1 })).toBe('keys, status, parts of the badge');
});
