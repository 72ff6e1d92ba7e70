/**
 * A vault in memory, for looking at the window without Rust: the sample learner's own data, answered by the contract
 * of the commands. Only screenshots use it; it is never built into the window.
 */
import { readFileSync } from 'node:fs';

const SAMPLE = new URL('../../src-tauri/crates/cairn-exchange/src/sample/', import.meta.url);
const SUBJECTS = ['life', 'credentials', 'proof', 'money', 'study', 'collections'];
const DAY = 86_400_000;

/** The sample learner's records as `{id, kind, fields, files}`, dates relative to `today`. */
export function sampleRecords(today = new Date('2026-05-13T12:00:00Z')) {
  const records = SUBJECTS.flatMap(subject => JSON.parse(readFileSync(new URL(`${subject}.json`, SAMPLE), 'utf8')));
  const ids = new Map(records.map((record, index) => [`@${record.name}`, idOf(index)]));
  return records.map((record, index) => ({
    id: idOf(index),
    kind: record.kind,
    fields: resolve(record.fields, ids, today),
    files: (record.files ?? []).map((name, at) => ({ name, index: index * 10 + at })),
  }));
}

/** The picture files, for the previews. */
export function samplePictures() {
  const read = name => readFileSync(new URL(`files/${name}`, SAMPLE));
  return Object.fromEntries(['latency-chart.png', 'network-zones.png'].map(name => [name, read(name)]));
}

const idOf = index => `01970000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function resolve(value, ids, today) {
  if (Array.isArray(value)) return value.map(item => resolve(item, ids, today));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, ids, today)]));
  }
  if (typeof value !== 'string') return value;
  if (ids.has(value)) return ids.get(value);
  return value.replace(/^\{(today|monday|month|year)([+-]\d+)\}/, (_, unit, offset) =>
    moment(unit, Number(offset), today),
  );
}

function moment(unit, offset, today) {
  const monday = new Date(today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY);
  const iso = date => date.toISOString().slice(0, 10);
  if (unit === 'today') return iso(new Date(today.getTime() + offset * DAY));
  if (unit === 'monday') return iso(new Date(monday.getTime() + offset * DAY));
  const month = new Date(
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset * (unit === 'year' ? 12 : 1), 1),
  );
  return iso(month).slice(0, unit === 'year' ? 4 : 7);
}
