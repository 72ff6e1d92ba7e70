/** The terms that packets claim things in, in words, and in the order in which they are read. */
import type { PacketClaim, PacketPage } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import type { Fact } from '$lib/wallet/facts';

const terms: Record<string, () => string> = {
  jobTitle: m.term_job_title,
  roleName: m.term_role,
  worksFor: m.term_worked_for,
  memberOf: m.term_worked_for,
  organizer: m.term_worked_for,
  provider: m.view_creator,
  recognizedBy: m.field_issuer,
  publisher: m.field_publisher,
  author: m.view_creator,
  credentialCategory: m.field_type,
  kind: m.term_kind,
  educationalCredentialAwarded: m.term_educational_award,
  status: m.field_status,
  setting: m.field_setting,
  dateIssued: m.field_issued,
  datePublished: m.field_released,
  dateCreated: m.field_made,
  startDate: m.field_start,
  endDate: m.field_end,
  expires: m.field_expires,
  lastUsed: m.field_last_used,
  level: m.field_level,
  educationalLevel: m.field_level,
  score: m.field_score,
  summary: m.field_summary,
  description: m.field_description,
  situation: m.story_situation,
  task: m.story_task,
  action: m.story_action,
  result: m.field_result,
  metric: m.field_metric,
  context: m.field_context,
  constraints: m.field_constraints,
  claims: m.field_claims,
  highlights: m.field_highlights,
  competencies: m.field_competencies,
  assessmentMethod: m.field_assessment,
  hours: m.field_hours,
  hasPart: m.term_courses,
  reviewBody: m.field_reference,
  skills: m.field_skills,
  keywords: m.field_keywords,
  identifier: m.field_identifier,
  location: m.field_location,
  email: m.field_email,
  telephone: m.field_phone,
  address: m.field_location,
  url: m.field_url,
  sameAs: m.term_same_as,
};
const order = Object.keys(terms);

/** Words that records choose from are signed in kebab case. */
const CHOICES = new Set(['status', 'kind', 'credentialCategory', 'setting', 'assessmentMethod']);

const rank = (term: string) => (term in terms ? order.indexOf(term) : order.length);

export function claimFacts(texts: PacketPage['about']): Fact[] {
  return texts
    .toSorted((one, other) => rank(one.term) - rank(other.term))
    .map(({ term, text }) => ({
      label: terms[term]?.() ?? term,
      text: CHOICES.has(term) ? text.replaceAll('-', ' ') : text,
    }));
}

const kinds: Record<string, () => string> = {
  work: m.field_work,
  hasCredential: m.place_credentials,
  skills: m.field_skills,
  stories: m.place_stories,
  evidence: m.field_evidence,
  projects: m.project_many,
  education: m.education_many,
  volunteering: m.volunteering_many,
  awards: m.award_many,
  publications: m.publication_many,
  knowsLanguage: m.language_many,
  interests: m.interest_many,
  references: m.reference_many,
};

/** The claims under a heading each, as they come. */
export function grouped(claims: readonly PacketClaim[]): { title: string; claims: PacketClaim[] }[] {
  const groups = new Map<string, PacketClaim[]>();
  for (const claim of claims) groups.set(claim.kind, [...(groups.get(claim.kind) ?? []), claim]);
  return [...groups].map(([kind, claims]) => ({ title: kinds[kind]?.() ?? kind, claims }));
}
