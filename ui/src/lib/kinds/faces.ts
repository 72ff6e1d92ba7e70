/** How each kind of record is called and drawn: all that the window needs before a record is looked at. */
import type { Component } from 'svelte';
import Award from '~icons/lucide/award';
import BookOpen from '~icons/lucide/book-open';
import Briefcase from '~icons/lucide/briefcase';
import CalendarClock from '~icons/lucide/calendar-clock';
import Clock from '~icons/lucide/clock';
import Coins from '~icons/lucide/coins';
import Feather from '~icons/lucide/feather';
import FileCheck from '~icons/lucide/file-check';
import Flag from '~icons/lucide/flag';
import FolderKanban from '~icons/lucide/folder-kanban';
import GraduationCap from '~icons/lucide/graduation-cap';
import HandCoins from '~icons/lucide/hand-coins';
import HeartHandshake from '~icons/lucide/heart-handshake';
import Languages from '~icons/lucide/languages';
import Layers from '~icons/lucide/layers';
import Medal from '~icons/lucide/medal';
import MessageSquareQuote from '~icons/lucide/message-square-quote';
import Newspaper from '~icons/lucide/newspaper';
import Quote from '~icons/lucide/quote';
import Scale from '~icons/lucide/scale';
import Sprout from '~icons/lucide/sprout';
import Star from '~icons/lucide/star';
import Target from '~icons/lucide/target';
import TicketCheck from '~icons/lucide/ticket-check';
import TrendingUp from '~icons/lucide/trending-up';
import UserRound from '~icons/lucide/user-round';
import type { Kind } from '$lib/api';
import { m } from '$lib/paraglide/messages';

/** A message of the catalogue. */
export type Words = () => string;

export interface Face {
  kind: Kind;
  icon: Component;
  one: Words;
  many: Words;
  /** “New credential”, as an action. */
  make: Words;
}

export const faces: Record<Kind, Face> = {
  profile: { kind: 'profile', icon: UserRound, one: m.profile_one, many: m.profile_one, make: m.profile_one },
  work: { kind: 'work', icon: Briefcase, one: m.work_one, many: m.work_many, make: m.work_make },
  education: {
    kind: 'education',
    icon: GraduationCap,
    one: m.education_one,
    many: m.education_many,
    make: m.education_make,
  },
  project: { kind: 'project', icon: FolderKanban, one: m.project_one, many: m.project_many, make: m.project_make },
  volunteering: {
    kind: 'volunteering',
    icon: HeartHandshake,
    one: m.volunteering_one,
    many: m.volunteering_many,
    make: m.volunteering_make,
  },
  award: { kind: 'award', icon: Award, one: m.award_one, many: m.award_many, make: m.award_make },
  publication: {
    kind: 'publication',
    icon: Newspaper,
    one: m.publication_one,
    many: m.publication_many,
    make: m.publication_make,
  },
  language: { kind: 'language', icon: Languages, one: m.language_one, many: m.language_many, make: m.language_make },
  interest: { kind: 'interest', icon: Star, one: m.interest_one, many: m.interest_many, make: m.interest_make },
  reference: { kind: 'reference', icon: Quote, one: m.reference_one, many: m.reference_many, make: m.reference_make },
  credential: {
    kind: 'credential',
    icon: Medal,
    one: m.credential_one,
    many: m.credential_many,
    make: m.credential_make,
  },
  endorsement: {
    kind: 'endorsement',
    icon: MessageSquareQuote,
    one: m.endorsement_one,
    many: m.endorsement_many,
    make: m.endorsement_make,
  },
  'renewal-activity': {
    kind: 'renewal-activity',
    icon: TicketCheck,
    one: m.renewal_activity_one,
    many: m.renewal_activity_many,
    make: m.renewal_activity_make,
  },
  evidence: { kind: 'evidence', icon: FileCheck, one: m.evidence_one, many: m.evidence_many, make: m.evidence_make },
  story: { kind: 'story', icon: BookOpen, one: m.story_one, many: m.story_many, make: m.story_make },
  skill: { kind: 'skill', icon: Sprout, one: m.skill_one, many: m.skill_many, make: m.skill_make },
  'budget-line': {
    kind: 'budget-line',
    icon: Coins,
    one: m.budget_line_one,
    many: m.budget_line_many,
    make: m.budget_line_make,
  },
  funding: { kind: 'funding', icon: HandCoins, one: m.funding_one, many: m.funding_many, make: m.funding_make },
  'expected-return': {
    kind: 'expected-return',
    icon: TrendingUp,
    one: m.expected_return_one,
    many: m.expected_return_many,
    make: m.expected_return_make,
  },
  'money-settings': {
    kind: 'money-settings',
    icon: Scale,
    one: m.money_settings_one,
    many: m.money_settings_one,
    make: m.money_settings_one,
  },
  sprint: { kind: 'sprint', icon: Target, one: m.sprint_one, many: m.sprint_many, make: m.sprint_make },
  'study-block': {
    kind: 'study-block',
    icon: Clock,
    one: m.study_block_one,
    many: m.study_block_many,
    make: m.study_block_make,
  },
  deadline: {
    kind: 'deadline',
    icon: CalendarClock,
    one: m.deadline_one,
    many: m.deadline_many,
    make: m.deadline_make,
  },
  milestone: { kind: 'milestone', icon: Flag, one: m.milestone_one, many: m.milestone_many, make: m.milestone_make },
  reflection: {
    kind: 'reflection',
    icon: Feather,
    one: m.reflection_one,
    many: m.reflection_many,
    make: m.reflection_make,
  },
  collection: {
    kind: 'collection',
    icon: Layers,
    one: m.collection_one,
    many: m.collection_many,
    make: m.collection_make,
  },
};
