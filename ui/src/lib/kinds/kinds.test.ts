import { subtitleInWords } from './subtitle';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KINDS } from '$lib/api';
import { fieldPaths, kinds } from '.';

const DOMAIN = join(import.meta.dirname, '../../../../src-tauri/crates/cairn-domain/src');
const rust = readdirSync(DOMAIN)
  .filter(name => name.endsWith('.rs'))
  .map(name => readFileSync(join(DOMAIN, name), 'utf8'))
  .join('\n');

/** The JSON names of a Rust struct's fields. */
function fieldsOf(struct: string): string[] {
  const body = new RegExp(`pub struct ${struct} \\{([\\s\\S]*?)\\n\\}`).exec(rust)?.[1] ?? '';
  const renamed = body.replace(/#\[serde\(rename = "(\w+)"\)\]\s+pub \w+:/g, 'pub $1:');
  return [...renamed.matchAll(/^ {4}pub (?:r#)?(\w+):/gm)].map(match => match[1] ?? '');
}

/** The unit variants of a Rust enum in kebab case. */
function variantsOf(name: string): string[] {
  const body = new RegExp(`pub enum ${name} \\{([\\s\\S]*?)\\n\\}`).exec(rust)?.[1] ?? '';
  return [...body.matchAll(/^ {4}([A-Z]\w*),/gm)].map(match =>
    (match[1] ?? '').replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase(),
  );
}

test('the kinds are those of the domain, in its order', () => {
  const list = [...(/\$then! \{([\s\S]*?)\n {8}\}/.exec(rust)?.[1]?.matchAll(/"([a-z-]+)"/g) ?? [])];
  expect(list.map(match => match[1])).toEqual([...KINDS]);
});

test('every field of every record has an editor', () => {
  const elsewhere: Record<string, string[]> = {
    // Chosen, ordered and reworded in Documents.
    collection: ['sections', 'entries'],
  };
  for (const kind of KINDS) {
    const struct = kind.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const fields = fieldsOf(struct).filter(field => !elsewhere[kind]?.includes(field));
    expect(fields.length, kind).toBeGreaterThan(0);
    const edited = new Set(fieldPaths(kinds[kind]).map(path => path.split('/')[1]));
    expect([...edited].toSorted(), kind).toEqual(fields.toSorted());
  }
});

test('every part of the location has an editor', () => {
  const parts = fieldPaths(kinds.profile).flatMap(path => (path.startsWith('/location/') ? path.split('/')[2] : []));
  expect(parts.toSorted()).toEqual(fieldsOf('Location').toSorted());
});

test('every choice the domain knows can be made', () => {
  const enums: Record<string, string[]> = {
    'credential/status': variantsOf('CredentialStatus'),
    'credential/type': variantsOf('CredentialType'),
    'credential/assessment': variantsOf('Assessment'),
    'credential/purpose': variantsOf('Purpose'),
    'credential/bloom': variantsOf('Bloom'),
    'credential/dok': variantsOf('DepthOfKnowledge'),
    'credential/sfia': variantsOf('SfiaLevel'),
    'renewal-activity/status': variantsOf('ActivityStatus'),
    'renewal-activity/type': variantsOf('ActivityType'),
    'evidence/type': variantsOf('EvidenceType'),
    'evidence/setting': variantsOf('Setting'),
    'skill/type': variantsOf('SkillType'),
    'sprint/status': variantsOf('SprintStatus'),
    'study-block/status': variantsOf('BlockStatus'),
    'deadline/type': variantsOf('DeadlineType'),
    'budget-line/category': variantsOf('CostCategory'),
    'funding/type': variantsOf('FundingType'),
    'collection/paper': variantsOf('Paper'),
  };
  for (const spec of Object.values(kinds)) {
    for (const field of [...(spec.heading ?? []), ...spec.sections.flatMap(section => section.fields)]) {
      if (field.as !== 'choice') continue;
      const known = enums[`${spec.kind}${field.path}`] ?? [];
      expect(Object.keys(field.choices).toSorted(), `${spec.kind}${field.path}`).toEqual(known.toSorted());
    }
  }
});

test('what links to a record is described by a field that holds such links', () => {
  for (const spec of Object.values(kinds)) {
    for (const related of spec.related ?? []) {
      const fields = kinds[related.kind].sections.flatMap(section => section.fields);
      const field = fields.find(other => other.path === `/${related.field}`);
      expect(
        field && (field.as === 'link' || field.as === 'links') ? field.to : undefined,
        `${related.kind}.${related.field}`,
      ).toBe(spec.kind);
    }
  }
});

test('an amount below a name is read as in its field, and no other text is touched', () => {
  expect(subtitleInWords({ kind: 'budget-line', subtitle: '1234.50 EUR' })).toBe('1,234.50 EUR');
  expect(subtitleInWords({ kind: 'funding', subtitle: '' })).toBe('');
  expect(subtitleInWords({ kind: 'credential', subtitle: '1234.50 EUR' })).toBe('1234.50 EUR');
});
