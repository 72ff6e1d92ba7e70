import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorWords, ruleWords } from './errors';
import { findingWords } from './findings';

const RUST = join(import.meta.dirname, '../../../../src-tauri');

function sources(folder: string, ending: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'paraglide' || name === 'bindings' ? [] : sources(path, ending);
    return name.endsWith(ending) ? [readFileSync(path, 'utf8')] : [];
  });
}

test('every error code of the use cases and the shell has words', () => {
  expect(existsSync(RUST)).toBe(true);
  const rust = [
    ...sources(join(RUST, 'crates/cairn-app/src'), '.rs'),
    ...sources(join(RUST, 'src/window'), '.rs'),
  ].join('\n');
  const codes = [...rust.matchAll(/AppError::new\(\s*"([a-z-]+)"/g)].map(match => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter(code => !(code in errorWords))).toEqual([]);
});

test('every rule of the domain has words', () => {
  const check = readFileSync(join(RUST, 'crates/cairn-domain/src/check.rs'), 'utf8');
  const body = /pub enum Rule \{([\s\S]*?)\n\}/.exec(check)?.[1] ?? '';
  const rules = [...body.matchAll(/^ {4}([A-Z]\w+)/gm)].map(match =>
    (match[1] ?? '').replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase(),
  );
  expect(rules.length).toBeGreaterThan(8);
  // serde's kebab case for names with several capitals in a row would differ; there are none.
  expect(rules.filter(rule => !(rule in ruleWords))).toEqual([]);
});

test('everything the doctor finds has words', () => {
  const doctor = readFileSync(join(RUST, 'crates/cairn-vault/src/doctor.rs'), 'utf8');
  const codes = [...doctor.matchAll(/Ailment::\w+ => "([a-z-]+)"/g)].map(match => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(4);
  expect(codes.filter(code => !(code in findingWords))).toEqual([]);
});

test('every word in the catalogue is used, so that none is translated for nothing', () => {
  const catalogue = JSON.parse(readFileSync(join(import.meta.dirname, '../../../messages/en.json'), 'utf8')) as object;
  const code = [
    ...sources(join(import.meta.dirname, '../..'), '.svelte'),
    ...sources(join(import.meta.dirname, '../..'), '.ts'),
  ];
  const used = new Set(code.flatMap(text => [...text.matchAll(/\bm\.(\w+)/g)].map(match => match[1])));
  expect(Object.keys(catalogue).filter(key => key !== '$schema' && !used.has(key))).toEqual([]);
});

test('no layout assumes that reading goes from left to right', () => {
  const sided =
    /\b(?:[mp][lr]-|(?:left|right)-(?:\d|\[)|text-(?:left|right)\b|border-[lr](?:-|\b)|rounded-[lr](?:-|\b))/;
  const code = [
    ...sources(join(import.meta.dirname, '../..'), '.svelte'),
    ...sources(join(import.meta.dirname, '../..'), '.css'),
  ];
  expect(code.flatMap(text => text.split('\n').filter(line => sided.test(line)))).toEqual([]);
});

test('no markup carries a style attribute that the content security policy would block', () => {
  const code = sources(join(import.meta.dirname, '../..'), '.svelte');
  expect(code.flatMap(text => text.split('\n').filter(line => /\sstyle="/.test(line)))).toEqual([]);
});
