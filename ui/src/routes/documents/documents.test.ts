import { expect, test } from 'vitest';
import type { CollectionEntry, Fields, Kind, Outline, ResumePreview } from '$lib/api';
import {
  arranged,
  arrangementOf,
  undecided,
  withEntryMoved,
  withEntryShown,
  withEntryWorded,
  withSection,
  withSectionMoved,
} from './arrange';
import { aboutEntry } from './findings';
import { PreviewFeed } from './feed.svelte';
import { Picture } from './picture.svelte';
import { asWords, effective, isReworded, NO_WORDS, ownWords } from './wording';

const entry = (record: string, over: Partial<CollectionEntry> = {}): CollectionEntry => ({
  record,
  shown: true,
  title: '',
  summary: '',
  highlights: null,
  ...over,
});

const outlined = (kind: Kind, records: string[], chosen: string[]) => ({
  kind,
  shown: true,
  title: '',
  usual_title: `Usual ${kind}`,
  left_out: 0,
  entries: records.map(record => ({
    record,
    kind,
    title: record.toUpperCase(),
    subtitle: '',
    status: '',
    shown: chosen.includes(record),
    in_collection: chosen.includes(record),
    wording: entry(record),
    undecided: !chosen.includes(record),
    before: null as string | null,
  })),
});

const OUTLINE: Outline = {
  sections: [
    outlined('profile', [], []),
    outlined('work', ['w1', 'w2', 'w3'], ['w1', 'w2']),
    outlined('story', ['s1', 's2'], ['s1']),
  ],
};

const FIELDS: Fields = {
  sections: [{ kind: 'story', title: 'Results' }, { kind: 'work' }],
  entries: [{ record: 'w2' }, { record: 's1' }, { record: 'w1', shown: false }],
};

const sections = (fields: Fields = FIELDS) => arranged(OUTLINE, arrangementOf(fields));
const section = (kind: Kind, fields?: Fields) => {
  const found = sections(fields).find(section => section.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};

test('sections follow the draft, the summary first and the unnamed last', () => {
  expect(sections().map(({ kind }) => kind)).toEqual(['profile', 'story', 'work']);
  expect(section('story').title).toBe('Results');
});

test('chosen records follow the draft, the others come after them', () => {
  expect(section('work').entries.map(({ record, shown, placed }) => [record, shown, placed])).toEqual([
    ['w2', true, true],
    ['w1', false, true],
    ['w3', false, false],
  ]);
});

test('what was taken out since the outline was read no longer shows', () => {
  expect(section('work', { entries: [] }).entries.every(({ shown }) => !shown)).toBe(true);
});

test('evidence that comes along shows without being chosen', () => {
  const along = structuredClone(OUTLINE);
  along.sections.push(outlined('evidence', ['e1'], []));
  const [evidence] = along.sections.at(-1)?.entries ?? [];
  if (evidence) evidence.shown = true;
  expect(arranged(along, arrangementOf(FIELDS)).at(-1)?.entries[0]?.shown).toBe(true);
});

test('moving, hiding and naming a section names them all, so that the order holds', () => {
  expect(withSectionMoved(sections(), 2, 1).map(({ kind }) => kind)).toEqual(['profile', 'work', 'story']);
  expect(withSection(sections(), 'work', { shown: false })).toEqual([
    { kind: 'profile', shown: true, title: '' },
    { kind: 'story', shown: true, title: 'Results' },
    { kind: 'work', shown: false, title: '' },
  ]);
});

test('an entry moves among those of its section alone', () => {
  const { entries } = arrangementOf(FIELDS);
  expect(withEntryMoved(entries, section('work'), 0, 1).map(({ record }) => record)).toEqual(['w1', 's1', 'w2']);
  expect(withEntryMoved(entries, section('work'), 0, 2)).toEqual(entries);
});

test('what came after the collection is undecided until it is shown or not', () => {
  expect([undecided(section('work')), undecided(section('story'))]).toEqual([1, 1]);
  const { entries } = arrangementOf(FIELDS);
  const [, , w3] = section('work').entries;
  if (!w3) throw new Error('missing');
  for (const shown of [true, false]) {
    expect(undecided(section('work', { ...FIELDS, entries: withEntryShown(entries, w3, shown) }))).toBe(0);
  }
});

test('showing a record adds it once and keeps its words', () => {
  const { entries } = arrangementOf(FIELDS);
  const [w2, w1, w3] = section('work').entries;
  if (!w1 || !w2 || !w3) throw new Error('missing');
  expect(withEntryShown(entries, w3, true).at(-1)).toEqual(entry('w3'));
  const order = withEntryShown(entries, { ...w3, before: 'w1' }, true).map(({ record }) => record);
  expect(order).toEqual(['w2', 's1', 'w3', 'w1']);
  expect(withEntryShown(entries, w1, true).find(({ record }) => record === 'w1')?.shown).toBe(true);
  const worded = withEntryWorded(entries, w2, { title: 'Lead' });
  const hidden = withEntryShown(worded, { ...w2, placed: true }, false);
  expect(hidden.find(({ record }) => record === 'w2')).toEqual(entry('w2', { title: 'Lead', shown: false }));
});

test('words that say the same as the record are not kept', () => {
  const own = ownWords('work', { position: 'Engineer', summary: 'Built', highlights: ['One'] });
  if (!own) throw new Error('work has words');
  expect(asWords('/title', 'Engineer', own)).toEqual({ title: '' });
  expect(asWords('/title', 'Lead', own)).toEqual({ title: 'Lead' });
  expect(asWords('/highlights', ['One'], own)).toEqual({ highlights: null });
  expect(asWords('/highlights', [], own)).toEqual({ highlights: [] });
  expect(effective('/summary', own, NO_WORDS)).toBe('Built');
  expect(effective('/highlights', own, { ...NO_WORDS, highlights: [] })).toEqual([]);
  expect(isReworded(NO_WORDS)).toBe(false);
  expect(isReworded({ ...NO_WORDS, highlights: [] })).toBe(true);
});

test('bullets in place of the picked outcome are kept even where they say the same', () => {
  const own = ownWords('credential', { title: 'CKA', competencies: ['Run clusters'] });
  if (!own) throw new Error('credentials have words');
  expect(asWords('/highlights', ['Run clusters'], own)).toEqual({ highlights: ['Run clusters'] });
});

test('while a page is being set only the latest draft waits', async () => {
  const asked: Fields[] = [];
  const answers: ((preview: ResumePreview) => void)[] = [];
  const feed = new PreviewFeed((_, draft) => {
    asked.push(draft);
    return new Promise(resolve => answers.push(resolve));
  });
  const answer = async (revision: string) => {
    answers.shift()?.({ revision, pages: 1, marks: [revision], warnings: [] });
    await new Promise(resolve => setTimeout(resolve));
  };
  for (const title of ['a', 'ab', 'abc']) feed.ask('c1', { title });
  await answer('first');
  expect(feed.current?.revision).toBe('first');
  await answer('last');
  expect(feed.current?.revision).toBe('last');
  expect(asked).toEqual([{ title: 'a' }, { title: 'abc' }]);
});

test('a page that cannot be set leaves the last one in sight', async () => {
  let fail = false;
  const feed = new PreviewFeed(() =>
    fail
      ? Promise.reject({ code: 'document-failed' })
      : Promise.resolve({ revision: 'z1', pages: 1, marks: ['z1'], warnings: [] }),
  );
  feed.ask('c1', {});
  await new Promise(resolve => setTimeout(resolve));
  fail = true;
  feed.ask('c1', {});
  await new Promise(resolve => setTimeout(resolve));
  expect(feed.current?.revision).toBe('z1');
  expect(feed.error?.code).toBe('document-failed');
});

const sheet = (mark: string, url = mark) => ({ url, mark });
const seen = ({ shown, coming, broken }: Picture) => [shown?.url, coming?.url, broken];

test('the old picture stays until the new one has come, and the latest comes next', () => {
  const picture = new Picture();
  picture.want(sheet('1'));
  expect(seen(picture)).toEqual([undefined, '1', false]);
  picture.arrived('1');
  for (const mark of ['2', '3', '4']) picture.want(sheet(mark));
  expect(seen(picture)).toEqual(['1', '2', false]);
  picture.arrived('2');
  expect(seen(picture)).toEqual(['2', '4', false]);
  picture.failed('4');
  expect(seen(picture)).toEqual(['2', undefined, true]);
});

test('a page that has not changed is not fetched again', () => {
  const picture = new Picture();
  picture.want(sheet('a', 'first/1.svg'));
  picture.arrived('first/1.svg');
  picture.want(sheet('a', 'second/1.svg'));
  expect(seen(picture)).toEqual(['first/1.svg', undefined, false]);
  picture.want(sheet('b', 'third/1.svg'));
  picture.want(sheet('a', 'fourth/1.svg'));
  picture.arrived('third/1.svg');
  expect(seen(picture)).toEqual(['third/1.svg', 'fourth/1.svg', false]);
});

test('a page that came along is there at once, and whatever was on its way is late', () => {
  const picture = new Picture();
  picture.want(sheet('1'));
  picture.arrived('1');
  picture.want(sheet('2'));
  picture.want({ ...sheet('3'), svg: '<svg/>' });
  expect(seen(picture)).toEqual(['3', undefined, false]);
  picture.arrived('2');
  picture.failed('2');
  expect(seen(picture)).toEqual(['3', undefined, false]);
});

test('findings about two credentials of one title stay apart', () => {
  const about = (record: string) => ({ code: 'credential-without-outcome', params: { record, title: 'First aid' } });
  const findings = [about('c1'), about('c2'), { code: 'no-name', params: {} }];
  expect(aboutEntry(findings, { record: 'c2' })).toEqual([about('c2')]);
});
