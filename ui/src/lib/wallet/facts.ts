/** A credential's plain facts, in the order a person asks for them; what the file does not say is left out. */
import type { CredentialView } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { signedDateInWords } from '$lib/words/dates';

export interface Fact {
  label: string;
  text: string;
}

type Achievement = CredentialView['achievements'][number];
type Evidence = CredentialView['evidence'][number];

const fact = (label: string, ...values: (string | null | undefined)[]): Fact[] => {
  const text = values.filter(Boolean).join(' · ');
  return text === '' ? [] : [{ label, text }];
};

/** Dates stay as they are written, and their days are those the verdict speaks of. */
const moment = (text: string | null) => (text === null ? null : signedDateInWords(text));

export const named = (profile: { name: string | null; id: string | null }) => profile.name ?? profile.id ?? '';

export function credentialFacts({ issuer, dates, subject, ...view }: CredentialView): Fact[] {
  return [
    ...fact(m.view_issuer(), issuer.name, issuer.url, issuer.email, issuer.phone),
    ...fact(m.verify_issuer_id(), issuer.id),
    ...fact(m.view_issuer_about(), issuer.description),
    ...fact(m.view_holder(), subject.name, subject.id),
    ...subject.identities.flatMap(({ value, hashed }) => fact(m.view_identity(), hashed ? m.view_hashed() : value)),
    ...fact(m.view_awarded(), moment(dates.awarded)),
    ...fact(m.view_from(), moment(dates.valid_from)),
    ...fact(m.view_until(), moment(dates.valid_until)),
    ...fact(m.view_narrative(), subject.narrative),
    ...fact(m.view_role(), subject.role),
    ...fact(m.view_licence(), subject.licence_number),
    ...fact(m.view_term(), subject.term),
    ...fact(m.view_credits(), subject.credits_earned),
    ...fact(m.view_activity(), [subject.activity_start, subject.activity_end].map(moment).filter(Boolean).join(' – ')),
    ...fact(m.view_assessor(), subject.source && named(subject.source)),
    ...fact(m.field_identifier(), view.id),
    ...fact(m.view_address(), view.address),
    ...view.status.flatMap(({ purpose, list, index }) => fact(m.view_status(), purpose, list, index)),
    ...view.schemas.flatMap(({ url }) => fact(m.view_schema(), url)),
    ...fact(m.view_picture(), view.image?.caption, view.image?.url.startsWith('data:') ? null : view.image?.url),
  ];
}

export function achievementFacts(achievement: Achievement): Fact[] {
  return [
    ...fact(m.field_type(), achievement.kind),
    ...fact(m.view_criteria_at(), achievement.criteria_url),
    ...fact(m.view_code(), achievement.code),
    ...fact(m.view_field(), achievement.field_of_study, achievement.specialization),
    ...fact(m.view_credits_available(), achievement.credits_available),
    ...fact(m.view_tags(), achievement.tags.join(', ')),
    ...fact(m.view_language(), achievement.language),
    ...fact(m.view_version(), achievement.version),
    ...fact(m.view_creator(), achievement.creator && named(achievement.creator)),
    ...fact(m.field_identifier(), achievement.id, ...achievement.other_identifiers),
    ...achievement.related.flatMap(({ name, url }) => fact(m.view_related(), name, url)),
  ];
}

export function evidenceFacts(evidence: Evidence): Fact[] {
  return [
    ...fact(m.view_genre(), evidence.genre),
    ...fact(m.view_audience(), evidence.audience),
    ...fact(m.view_address(), evidence.url),
    ...fact(m.view_digest(), evidence.digest),
  ];
}
