/** Fields, JSON pointers into them (RFC 6901), and merge patches between two states of them (RFC 7396). */
import type { Fields, Patch } from '$lib/api';

/** The value at `/location/city`, or undefined. Arrays are entered by index. */
export function valueAt(fields: Fields, pointer: string): unknown {
  return segments(pointer).reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] as unknown;
    return isObject(value) ? value[key] : undefined;
  }, fields);
}

/** The same fields with another value at `pointer`; only what lies on the way is copied. */
export function withValue(fields: Fields, pointer: string, value: unknown): Fields {
  const [key, ...rest] = segments(pointer);
  if (key === undefined) return fields;
  if (rest.length === 0) return { ...fields, [key]: value };
  const inner = fields[key];
  return { ...fields, [key]: withValue(isObject(inner) ? inner : {}, toPointer(rest), value) };
}

/** What must be said to make `to` out of `from`. Arrays are replaced whole; what is gone is `null`. */
export function patchBetween(from: Fields, to: Fields): Patch {
  const patch: Patch = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[key], to[key]];
    if (same(before, after)) continue;
    patch[key] = isObject(before) && isObject(after) ? patchBetween(before, after) : (after ?? null);
  }
  return patch;
}

/** `mine` on top of `theirs`: what the learner changed since `base` stays, the rest follows the vault. */
export function rebase(base: Fields, mine: Fields, theirs: Fields): Fields {
  const result: Fields = { ...theirs };
  for (const key of Object.keys(mine)) {
    const [was, is, other] = [base[key], mine[key], theirs[key]];
    if (same(was, is)) continue;
    result[key] = isObject(was) && isObject(is) && isObject(other) ? rebase(was, is, other) : is;
  }
  return result;
}

export function isEmptyPatch(patch: Patch): boolean {
  return Object.keys(patch).length === 0;
}

/** Equal as JSON. Object keys come from serde in one order, so their order never differs by accident. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Whether a field holds nothing a reader could read. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isBlank);
  if (isObject(value)) return Object.values(value).every(isBlank);
  return false;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function toPointer(keys: string[]): string {
  return keys.map(key => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
