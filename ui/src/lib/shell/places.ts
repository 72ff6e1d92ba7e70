/** The places of the window, in the order of the sidebar, and where each kind of record lives. */
import type { Component } from 'svelte';
import BookOpen from '~icons/lucide/book-open';
import CalendarDays from '~icons/lucide/calendar-days';
import Coins from '~icons/lucide/coins';
import Feather from '~icons/lucide/feather';
import FileCheck from '~icons/lucide/file-check';
import FileText from '~icons/lucide/file-text';
import HistoryIcon from '~icons/lucide/history';
import Medal from '~icons/lucide/medal';
import Search from '~icons/lucide/search';
import Settings from '~icons/lucide/settings';
import ShieldCheck from '~icons/lucide/shield-check';
import Sprout from '~icons/lucide/sprout';
import Sun from '~icons/lucide/sun';
import UserRound from '~icons/lucide/user-round';
import type { Kind } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { toHash, type Address } from '$lib/store/router.svelte';

export interface Place {
  name: string;
  label: () => string;
  icon: Component;
  /** The letter after G. */
  letter: string;
  /** Kinds whose lists and records live here. */
  kinds: readonly Kind[];
  /**
   * A page of its own in `routes/<name>/Page.svelte`: `overview` stands at the bare address, with the lists of the kinds
   * behind it; `all` takes every address of the place.
   */
  page?: 'overview' | 'all';
  group: 'main' | 'foot';
}

export const places: readonly Place[] = [
  { name: 'today', label: m.place_today, icon: Sun, letter: 't', kinds: [], page: 'overview', group: 'main' },
  {
    name: 'credentials',
    label: m.place_credentials,
    icon: Medal,
    letter: 'c',
    kinds: ['credential', 'endorsement', 'renewal-activity'],
    group: 'main',
  },
  { name: 'evidence', label: m.place_evidence, icon: FileCheck, letter: 'e', kinds: ['evidence'], group: 'main' },
  { name: 'stories', label: m.place_stories, icon: BookOpen, letter: 's', kinds: ['story'], group: 'main' },
  { name: 'skills', label: m.place_skills, icon: Sprout, letter: 'k', kinds: ['skill'], group: 'main' },
  {
    name: 'plan',
    label: m.place_plan,
    icon: CalendarDays,
    letter: 'p',
    kinds: ['sprint', 'study-block', 'deadline'],
    page: 'overview',
    group: 'main',
  },
  {
    name: 'money',
    label: m.place_money,
    icon: Coins,
    letter: 'm',
    kinds: ['budget-line', 'funding', 'expected-return'],
    page: 'overview',
    group: 'main',
  },
  {
    name: 'reflections',
    label: m.place_reflections,
    icon: Feather,
    letter: 'r',
    kinds: ['reflection', 'milestone'],
    group: 'main',
  },
  {
    name: 'documents',
    label: m.place_documents,
    icon: FileText,
    letter: 'd',
    kinds: ['collection'],
    page: 'all',
    group: 'main',
  },
  { name: 'verify', label: m.place_verify, icon: ShieldCheck, letter: 'v', kinds: [], page: 'all', group: 'main' },
  {
    name: 'profile',
    label: m.place_profile,
    icon: UserRound,
    letter: 'i',
    kinds: [
      'work',
      'education',
      'project',
      'volunteering',
      'award',
      'publication',
      'language',
      'interest',
      'reference',
    ],
    page: 'overview',
    group: 'foot',
  },
  { name: 'search', label: m.place_search, icon: Search, letter: 'f', kinds: [], page: 'all', group: 'foot' },
  { name: 'history', label: m.place_history, icon: HistoryIcon, letter: 'h', kinds: [], page: 'all', group: 'foot' },
  { name: 'settings', label: m.place_settings, icon: Settings, letter: ',', kinds: [], page: 'all', group: 'foot' },
];

type PageModule = { default: Component<{ address: Address }> };

const pageFile = (name: string) => `../../routes/${name}/Page.svelte`;

/** The page every start shows is there at once; the others are fetched when they are first visited. */
const atOnce = import.meta.glob<PageModule>('../../routes/today/Page.svelte', { eager: true });
const pages: Record<string, () => Promise<PageModule>> = {
  ...import.meta.glob<PageModule>(['../../routes/*/Page.svelte', '!../../routes/today/Page.svelte']),
  ...Object.fromEntries(Object.entries(atOnce).map(([file, page]) => [file, () => Promise.resolve(page)])),
};

/** The places that have something to show. */
export const visiblePlaces = places.filter(place => place.kinds.length > 0 || pageFile(place.name) in pages);

export const firstPlace = visiblePlaces[0]?.name ?? 'credentials';

/** The place an address means; the first one for an address nobody knows. */
export function placeOf(address: Address): Place | undefined {
  return visiblePlaces.find(place => place.name === (address.place || firstPlace));
}

/** Loads the page of its own that answers an address, where the place has one. */
export function ownPage(place: Place, address: Address): (() => Promise<PageModule>) | undefined {
  if (place.page === undefined || (place.page === 'overview' && address.rest.length > 0)) return undefined;
  return pages[pageFile(place.name)];
}

/** Where a kind of record lives. */
export function homeOf(kind: Kind): Place | undefined {
  if (kind === 'profile') return places.find(place => place.name === 'profile');
  if (kind === 'money-settings') return places.find(place => place.name === 'money');
  return places.find(place => place.kinds.includes(kind));
}

/** The address of a list of a kind. */
export function linkToList(kind: Kind): string {
  const home = homeOf(kind);
  return toHash(home?.name ?? firstPlace, kind === 'profile' || kind === 'money-settings' ? [] : [kind]);
}

/** The address of a record. */
export function linkTo(kind: Kind, id: string): string {
  if (kind === 'profile' || kind === 'money-settings') return linkToList(kind);
  return toHash(homeOf(kind)?.name ?? firstPlace, [kind, id]);
}

/** The address of a new record, with some fields filled: lists as `a,b`. */
export function linkToNew(kind: Kind, fields: Record<string, string> = {}): string {
  return toHash(homeOf(kind)?.name ?? firstPlace, [kind, 'new'], fields);
}
