/** For what a host is asked, and what went wrong there, in words. */
import type { HostAnswer, HostPlan } from '$lib/api';
import { m } from '$lib/paraglide/messages';

const reasons: Record<string, () => string> = {
  'key-document': m.refresh_for_keys,
  'status-list': m.refresh_for_status,
  'hosted-document': m.refresh_for_badge,
};

export const askedFor = (plan: HostPlan): string => plan.why.map(why => reasons[why]?.() ?? why).join(', ');

const problems: Record<string, () => string> = {
  'not-an-address': m.refresh_problem_address,
  'not-protected': m.refresh_problem_unprotected,
  'sent-elsewhere': m.refresh_problem_elsewhere,
  refused: m.refresh_problem_refused,
  'too-large': m.refresh_problem_too_large,
  'too-slow': m.refresh_problem_too_slow,
  'not-reached': m.refresh_problem_not_reached,
};

/** What went wrong at a host; Rust's own sentence stands in for what this window does not know. */
export const problemOf = (answer: HostAnswer): string => problems[answer.code ?? '']?.() ?? answer.problem ?? '';
