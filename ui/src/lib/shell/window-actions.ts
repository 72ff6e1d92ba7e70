/** The actions that are there wherever the learner is. */
import { m } from '$lib/paraglide/messages';
import { KINDS } from '$lib/api';
import { faces } from '$lib/kinds/faces';
import type { Action } from '$lib/store/actions.svelte';
import { redo, undo } from '$lib/store/doing';
import { router, toHash } from '$lib/store/router.svelte';
import { theme, THEMES, themeWords } from '$lib/store/theme.svelte';
import { linkToNew, visiblePlaces } from './places';
import { inSentence } from '$lib/words/locale';

export function windowActions(openPalette: () => void, openShortcuts: () => void): Action[] {
  const go: Action[] = visiblePlaces.map(place => ({
    id: `go-${place.name}`,
    label: m.action_go({ place: place.label() }),
    group: 'go',
    keys: `g ${place.letter}`,
    icon: place.icon,
    run: () => router.go(toHash(place.name)),
  }));
  const make: Action[] = KINDS.filter(kind => kind !== 'profile' && kind !== 'money-settings').map(kind => ({
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
    ...look,
  ];
}
