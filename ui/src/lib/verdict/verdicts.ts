/** Verdicts as an icon, a word and a colour. */
import type { Component } from 'svelte';
import CalendarOff from '~icons/lucide/calendar-off';
import CircleHelp from '~icons/lucide/circle-question-mark';
import CircleSlash from '~icons/lucide/circle-slash';
import Clock from '~icons/lucide/clock';
import ShieldCheck from '~icons/lucide/shield-check';
import ShieldX from '~icons/lucide/shield-x';
import type { Verdict } from '$lib/api';
import { m } from '$lib/paraglide/messages';

export interface VerdictLook {
  icon: Component;
  word: () => string;
  /** The colour of the icon and the word. */
  look: string;
}

export const verdicts: Record<Verdict, VerdictLook> = {
  valid: { icon: ShieldCheck, word: m.verdict_valid, look: 'text-positive' },
  invalid: { icon: ShieldX, word: m.verdict_invalid, look: 'text-critical' },
  revoked: { icon: CircleSlash, word: m.verdict_revoked, look: 'text-critical' },
  expired: { icon: CalendarOff, word: m.verdict_expired, look: 'text-caution' },
  'not-yet-valid': { icon: Clock, word: m.verdict_not_yet_valid, look: 'text-caution' },
  'cannot-check': { icon: CircleHelp, word: m.verdict_cannot_check, look: 'text-text-2' },
};
