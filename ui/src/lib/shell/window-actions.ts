/** The actions that are there wherever the learner is. */
import Archive from '~icons/lucide/archive';
import ArchiveRestore from '~icons/lucide/archive-restore';
import Compass from '~icons/lucide/compass';
import FileUp from '~icons/lucide/file-up';
import { m } from '$lib/paraglide/messages';
import { KINDS, type Kind, type VaultInfo } from '$lib/api';
import { faces } from '$lib/kinds/faces';
import type { Action } from '$lib/store/actions.svelte';
import { backUp } from '$lib/store/backing-up';
import { redo, undo } from '$lib/store/doing';
import { imports } from '$lib/store/imports.svelte';
import { router, toHash } from '$lib/store/router.svelte';
import { fillSample, removeSample } from '$lib/store/sample';
import { theme, THEMES, themeWords } from '$lib/store/theme.svelte';
import { linkToNew, visiblePlaces } from './places';
import { inSentence } from '$lib/words/locale';

/** What is made most comes first; kinds not named here follow in their own order. */
const FIRST: readonly Kind[] = [
  'credential',
  'evidence',
  'story',
  'skill',
  'reflection',
  'milestone',
  'sprint',
  'study-block',
  'deadline',
  'budget-line',
  'funding',
  'collection',
];
const rank = (kind: Kind) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);

/** Other words that somebody may look for a place by. */
const ALSO: Record<string, () => string> = {
  credentials: m.also_credentials,
  plan: m.also_plan,
  money: m.also_money,
  documents: m.also_documents,
  verify: m.also_verify,
  profile: m.also_profile,
  settings: m.also_settings,
};

/** A backup now: the page of backups takes it over while it is open. */
export const backUpAction = (run: () => unknown): Action => ({
  id: 'back-up',
  label: m.settings_backup_now(),
  group: 'window',
  also: m.also_backup(),
  icon: Archive,
  run: () => void run(),
});

/** `vault`: what can be done with it depends on what it is; absent while that is not known. */
export function windowActions(
  openPalette: () => void,
  openShortcuts: () => void,
  vault: Pick<VaultInfo, 'empty' | 'has_sample' | 'read_only'> | undefined,
): Action[] {
  const go: Action[] = visiblePlaces.map(place => ({
    id: `go-${place.name}`,
    label: m.action_go({ place: place.label() }),
    group: 'go',
    keys: `g ${place.letter}`,
    also: ALSO[place.name]?.() ?? '',
    icon: place.icon,
    run: () => router.go(toHash(place.name)),
  }));
  const make: Action[] = KINDS.filter(kind => kind !== 'profile' && kind !== 'money-settings')
    .toSorted((one, other) => rank(one) - rank(other))
    .map(kind => ({
      id: `make-${kind}`,
      label: faces[kind].make(),
      group: 'make',
      also: 'add',
      icon: faces[kind].icon,
      run: () => router.go(linkToNew(kind)),
    }));
  const look: Action[] = THEMES.map(choice => ({
    id: `theme-${choice}`,
    label: m.action_theme({ theme: inSentence(themeWords[choice]()) }),
    group: 'window',
    also: 'theme',
    run: () => theme.choose(choice),
  }));
  return [
    ...go,
    ...make,
    { id: 'palette', label: m.action_palette(), group: 'window', keys: 'mod+k', quiet: true, run: openPalette },
    { id: 'shortcuts', label: m.action_shortcuts(), group: 'window', keys: '?', run: openShortcuts },
    { id: 'undo', label: m.action_undo(), group: 'window', keys: 'mod+z', run: () => void undo() },
    { id: 'redo', label: m.action_redo(), group: 'window', keys: 'mod+shift+z', run: () => void redo() },
    { id: 'redo-y', label: m.action_redo(), group: 'window', keys: 'mod+y', quiet: true, run: () => void redo() },
    { id: 'back', label: m.action_back(), group: 'window', keys: 'alt+ArrowLeft', run: () => router.back() },
    { id: 'forward', label: m.action_forward(), group: 'window', keys: 'alt+ArrowRight', run: () => router.forward() },
    ...(vault === undefined || vault.read_only ? [] : written(vault)),
    ...look,
  ];
}

/** What changes the vault as a whole. */
function written(vault: Pick<VaultInfo, 'empty' | 'has_sample'>): Action[] {
  const sample = { id: 'sample', group: 'window', also: m.also_sample(), icon: Compass } as const;
  return [
    {
      id: 'import',
      label: m.action_import(),
      group: 'window',
      also: m.also_import(),
      icon: FileUp,
      run: () => void imports.pick(),
    },
    backUpAction(backUp),
    {
      id: 'restore',
      label: m.action_restore(),
      group: 'window',
      also: 'backup',
      icon: ArchiveRestore,
      run: () => router.go(toHash('settings', ['backups'])),
    },
    // The sample learner moves into an empty vault alone.
    ...(vault.has_sample ? [{ ...sample, label: m.sample_remove(), run: () => void removeSample() }] : []),
    ...(vault.empty ? [{ ...sample, label: m.settings_sample_fill(), run: () => void fillSample() }] : []),
  ];
}
