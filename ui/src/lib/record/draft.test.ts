import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CairnError, type Change, type Fields, type Patch } from '$lib/api';
import { Draft } from './draft.svelte';

const change: Change = { history: 1, action: 'edit', kind: 'credential', id: 'x', title: '', touched: ['credential'] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function drafting(fields: Fields, edit: (patch: Patch) => Promise<Change> = async () => change) {
  const sent: Patch[] = [];
  const draft = new Draft(fields, {
    edit: patch => {
      sent.push(patch);
      return edit(patch);
    },
  });
  return { draft, sent };
}

/** A new record's draft; `refuse` throws for what the vault would not take. */
function making(fields: Fields, refuse: (fields: Fields) => void = () => undefined) {
  const [added, edited]: [Fields[], Patch[]] = [[], []];
  const add = async (sent: Fields) => {
    refuse(sent);
    added.push(sent);
    return { ...change, id: 'new' };
  };
  const edit = async (patch: Patch) => {
    edited.push(patch);
    return change;
  };
  return { draft: new Draft(fields, { add, edit }), added, edited };
}

test('typing is saved once it pauses, and only what changed', async () => {
  const { draft, sent } = drafting({ title: 'CKA', issuer: '' });
  draft.set('/issuer', 'C');
  draft.set('/issuer', 'CNCF');
  expect(draft.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([{ issuer: 'CNCF' }]);
  expect(draft.state).toBe('saved');
});

test('what is typed back is not saved at all', async () => {
  const { draft, sent } = drafting({ title: 'CKA' });
  draft.set('/title', 'CKAD');
  draft.set('/title', 'CKA');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([]);
  expect(draft.state).toBe('clean');
});

test('what is typed while saving is saved after', async () => {
  let answer: (change: Change) => void = () => undefined;
  const { draft, sent } = drafting({ title: '' }, () => new Promise(resolve => (answer = resolve)));
  draft.set('/title', 'C');
  const first = draft.flush();
  draft.set('/title', 'CK');
  answer(change);
  await first;
  expect(draft.state).toBe('waiting');
  const second = draft.flush();
  await Promise.resolve();
  answer(change);
  await second;
  expect(sent).toEqual([{ title: 'C' }, { title: 'CK' }]);
});

test('one wrong field is named and does not hold up the others', async () => {
  const { draft, sent } = drafting({ title: 'CKA', url: '', level: '' }, async patch => {
    if ('url' in patch) throw new CairnError('invalid', {}, [{ path: '/url', rule: 'not-an-address' }]);
    return change;
  });
  draft.set('/url', 'cncf');
  draft.set('/level', 'EQF 5');
  await draft.flush();
  expect(sent).toEqual([{ url: 'cncf', level: 'EQF 5' }, { level: 'EQF 5' }]);
  expect(draft.problemsAt('/url')).toHaveLength(1);
  expect(draft.state).toBe('wrong');
  draft.set('/url', 'https://cncf.io');
  expect(draft.problemsAt('/url')).toHaveLength(0);
});

test('a value that cannot be read at all is named at its field, and keeps no other out', async () => {
  const { draft, added } = making({}, fields => {
    if ('minutes' in fields) throw new CairnError('record-unreadable', { path: '/minutes' });
  });
  draft.set('/title', 'Read');
  draft.set('/minutes', 99_999_999_999);
  await draft.flush();
  expect(added).toEqual([{ title: 'Read' }]);
  expect(draft.problemsAt('/minutes')).toEqual([{ path: '/minutes', rule: 'unreadable' }]);
  expect(draft.error).toBeUndefined();
});

test('a change from elsewhere does not touch what is being typed', () => {
  const { draft } = drafting({ title: 'Old', issuer: 'A' });
  draft.set('/title', 'New');
  draft.take({ title: 'Old', issuer: 'B' });
  expect(draft.fields).toEqual({ title: 'New', issuer: 'B' });
});

test('a new record nobody touched is not kept', async () => {
  const { draft, added } = making({ status: 'planned' });
  draft.assume('/currency', 'SEK');
  await draft.flush();
  expect(added).toEqual([]);
  expect(draft.fields).toEqual({ status: 'planned', currency: 'SEK' });
});

test('a new record is made with its first save and edited from then on', async () => {
  const { draft, added, edited } = making({ credential: 'c1' });
  const keys: (string | null)[] = [];
  draft.onadded = made => keys.push(made.id);
  draft.set('/title', 'Exam');
  await draft.flush();
  draft.set('/title', 'Exam fee');
  await draft.flush();
  expect(added).toEqual([{ credential: 'c1', title: 'Exam' }]);
  expect(edited).toEqual([{ title: 'Exam fee' }]);
  expect(keys).toEqual(['new']);
});

/** Types a number as an editor does: held until it is settled. */
function typing(draft: Draft, path: string, text: string): void {
  const settle = () => {
    const found = Number(text);
    if (Number.isNaN(found)) draft.hold(path, { text, refused: 'not-a-number', settle });
    else {
      draft.hold(path, undefined);
      draft.set(path, found);
    }
  };
  draft.hold(path, { text, refused: undefined, settle });
}

test('half a number is not saved, whatever else is', async () => {
  const { draft, sent } = drafting({ hours: 4, title: 'CKA' });
  draft.set('/title', 'CKAD');
  typing(draft, '/hours', '1');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([{ title: 'CKAD' }]);
  expect(draft.state).not.toBe('saved');
  typing(draft, '/hours', '12');
  expect(await draft.flush()).toBe(true);
  expect(sent).toEqual([{ title: 'CKAD' }, { hours: 12 }]);
  expect(draft.state).toBe('saved');
});

test('what cannot be read is not kept, says so, and leaves the value as it was', async () => {
  const { draft, sent } = drafting({ hours: 4 });
  typing(draft, '/hours', 'many');
  expect(await draft.flush()).toBe(false);
  expect(sent).toEqual([]);
  expect(draft.value('/hours')).toBe(4);
  expect(draft.state).toBe('wrong');
  expect(draft.problemsAt('/hours')).toEqual([{ path: '/hours', rule: 'not-a-number' }]);
  draft.hold('/hours', undefined);
  expect(await draft.flush()).toBe(true);
});

test('what the vault refuses is not kept, until it is mended or discarded', async () => {
  const { draft } = drafting({ url: '' }, async () => {
    throw new CairnError('invalid', {}, [{ path: '/url', rule: 'not-an-address' }]);
  });
  draft.set('/url', 'cncf');
  expect(await draft.flush()).toBe(false);
  draft.discard();
  expect(await draft.flush()).toBe(true);
  expect(draft.fields).toEqual({ url: '' });
});

test('a new record is kept without its one wrong field', async () => {
  const { draft, added, edited } = making({ status: 'planned' }, fields => {
    if ('url' in fields) throw new CairnError('invalid', {}, [{ path: '/url', rule: 'not-an-address' }]);
  });
  draft.set('/title', 'CKA');
  draft.set('/url', 'cncf');
  expect(await draft.flush()).toBe(false);
  expect(added).toEqual([{ status: 'planned', title: 'CKA' }]);
  expect([draft.state, draft.isMade]).toEqual(['wrong', true]);
  draft.set('/url', 'https://cncf.io');
  expect(await draft.flush()).toBe(true);
  expect(edited).toEqual([{ url: 'https://cncf.io' }]);
});

test('what the vault adds while a record is being made does not look unsaved', async () => {
  const draft = new Draft({ start: '2026-01-05T09:00' }, { add: async () => change, edit: async () => change });
  draft.onadded = () => draft.take({ start: '2026-01-05T09:00', title: 'Read', minutes: 50 });
  draft.set('/title', 'Read');
  await draft.flush();
  expect(draft.state).toBe('saved');
});

test('of a value that is typed anew only what is wrong with the new one is said', async () => {
  const { draft } = drafting({ planned: '0' }, async () => {
    throw new CairnError('invalid', {}, [{ path: '/planned', rule: 'negative' }]);
  });
  draft.set('/planned', '-5');
  await draft.flush();
  draft.hold('/planned', { text: '1e9', refused: 'not-an-amount', settle: () => undefined });
  await draft.flush();
  expect(draft.problemsAt('/planned')).toEqual([{ path: '/planned', rule: 'not-an-amount' }]);
});
