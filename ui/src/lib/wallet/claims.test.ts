import { expect, test, vi } from 'vitest';
import { toasts } from '$lib/store/toasts.svelte';
import { claims } from './claims';

const called = vi.hoisted(() => [] as string[]);
vi.mock('@tauri-apps/api/core', () => ({
  convertFileSrc: (path: string) => path,
  invoke: async (command: string) => {
    called.push(command);
    return null;
  },
}));

test('nothing is signed of a record that is not saved', async () => {
  const all = (saved: boolean) => claims('x', async () => saved).forEach(item => item.run());
  all(false);
  await vi.waitFor(() => expect(toasts.all.at(-1)?.text).toMatch(/^Not exported/));
  expect(called).toEqual([]);
  all(true);
  await vi.waitFor(() => expect(called.filter(command => command === 'export_claim')).toHaveLength(4));
  expect(called).toContain('endorsement_request');
});
