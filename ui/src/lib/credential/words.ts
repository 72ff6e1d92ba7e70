/** What can be said of a credential, in words. */
import type { CreditProgress } from '$lib/bindings/CreditProgress';
import type { Fit } from '$lib/bindings/Fit';
import type { FitReason } from '$lib/bindings/FitReason';
import type { Stronger } from '$lib/bindings/Stronger';
import { m } from '$lib/paraglide/messages';
import { dateInWords } from '$lib/words/dates';
import { LOCALE } from '$lib/words/locale';

export const fitWords: Record<Fit, () => string> = {
  fits: m.fit_fits,
  partly: m.fit_partly,
  misses: m.fit_misses,
  unknown: m.fit_unknown,
};

export const reasonWords: Record<FitReason, () => string> = {
  'learning-needs-no-proof': m.fit_learning_needs_no_proof,
  'attendance-only': m.fit_attendance_only,
  'quiz-only': m.fit_quiz_only,
  'examination-not-work': m.fit_examination_not_work,
  examined: m.fit_examined,
  'work-judged': m.fit_work_judged,
  'assessment-unknown': m.fit_assessment_unknown,
  'depth-stops-at-recall': m.fit_depth_stops_at_recall,
  'depth-reaches-doing': m.fit_depth_reaches_doing,
  'not-a-licence': m.fit_not_a_licence,
  'is-a-licence': m.fit_is_a_licence,
  portable: m.fit_portable,
  'not-portable': m.fit_not_portable,
  'portable-unknown': m.fit_portable_unknown,
  'is-a-degree': m.fit_is_a_degree,
  'counts-towards-study': m.fit_counts_towards_study,
  'no-credit-towards-study': m.fit_no_credit_towards_study,
  'credit-unknown': m.fit_credit_unknown,
  'hours-stated': m.fit_hours_stated,
  'hours-unknown': m.fit_hours_unknown,
};

export const strongerWords: Record<Stronger, () => string> = {
  evidence: m.stronger_evidence,
  endorsement: m.stronger_endorsement,
  'assessed-credential': m.stronger_assessed_credential,
};

/** A number of credits as read: `12`, `4.5`. */
export const creditsInWords = (credits: number) => credits.toLocaleString(LOCALE, { maximumFractionDigits: 2 });

/** `12 of 30 CPE credits by 31 Mar 2027`. */
export function progressInWords(
  progress: Pick<CreditProgress, 'earned' | 'required'>,
  unit: string,
  end: string | null = null,
): string {
  const given = {
    earned: creditsInWords(progress.earned),
    required: creditsInWords(progress.required),
    unit: unit || m.ce_credits(),
  };
  return end === null ? m.renewal_progress(given) : m.renewal_progress_by({ ...given, by: dateInWords(end) });
}

/** What is left, planned and reported, each only where there is something to say. */
export function remainderInWords(progress: CreditProgress): string[] {
  const parts = [
    progress.missing > 0 ? m.renewal_missing({ credits: creditsInWords(progress.missing) }) : m.renewal_complete(),
  ];
  if (progress.planned > 0) parts.push(m.renewal_planned({ credits: creditsInWords(progress.planned) }));
  if (progress.reported > 0) parts.push(m.renewal_reported({ credits: creditsInWords(progress.reported) }));
  return parts;
}
