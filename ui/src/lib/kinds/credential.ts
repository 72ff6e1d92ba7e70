/** Credentials: badges, certificates, licences, degrees; thought about, planned, under way or earned. */
import Medal from '@lucide/svelte/icons/medal';
import { m } from '$lib/paraglide/messages';
import type { KindSpec } from './spec';

const statuses = {
  considering: m.status_considering,
  planned: m.status_planned,
  'in-progress': m.status_in_progress,
  earned: m.status_earned,
  expired: m.status_expired,
};

const sorts = {
  badge: m.credential_badge,
  certificate: m.credential_certificate,
  'professional-certificate': m.credential_professional_certificate,
  nanodegree: m.credential_nanodegree,
  licence: m.credential_licence,
  diploma: m.credential_diploma,
  degree: m.credential_degree,
  'course-completion': m.credential_course_completion,
};

const assessments = {
  attendance: m.assessment_attendance,
  quiz: m.assessment_quiz,
  'proctored-exam': m.assessment_proctored_exam,
  'rubric-marked-project': m.assessment_rubric_marked_project,
  'externally-judged-work': m.assessment_externally_judged_work,
};

export const credential: KindSpec = {
  kind: 'credential',
  icon: Medal,
  one: m.credential_one,
  many: m.credential_many,
  make: m.credential_make,
  title: { path: '/title', hint: m.credential_title_hint },
  heading: [
    { path: '/status', label: m.field_status, as: 'choice', choices: statuses },
    { path: '/type', label: m.field_type, as: 'choice', choices: sorts },
  ],
  fresh: { status: 'planned', type: 'certificate' },
  sections: [
    {
      fields: [
        { path: '/issuer', label: m.field_issuer, as: 'line', hint: m.credential_issuer_hint, always: true },
        { path: '/issued', label: m.field_issued, as: 'partial-date', always: true },
        { path: '/expires', label: m.field_expires, as: 'partial-date' },
        { path: '/renewal', label: m.field_renewal, as: 'partial-date' },
        { path: '/identifier', label: m.field_identifier, as: 'line' },
        { path: '/url', label: m.field_seen_at, as: 'address' },
      ],
    },
    {
      title: m.section_shows,
      fields: [
        {
          path: '/competencies',
          label: m.field_competencies,
          as: 'lines',
          hint: m.credential_competencies_hint,
          always: true,
        },
        { path: '/skills', label: m.field_skills, as: 'links', to: 'skill', always: true },
        { path: '/scope', label: m.field_scope, as: 'prose' },
        { path: '/level', label: m.field_level, as: 'line', hint: m.credential_level_hint },
        { path: '/hours', label: m.field_hours, as: 'number', unit: m.unit_hours },
      ],
    },
    {
      title: m.section_assessment,
      fields: [
        { path: '/assessment', label: m.field_assessment, as: 'choice', choices: assessments, optional: true },
        { path: '/assessment_note', label: m.field_assessment_note, as: 'prose' },
        {
          path: '/rubric',
          label: m.field_rubric,
          as: 'rows',
          another: m.rubric_another,
          columns: [
            { key: 'criterion', label: m.rubric_criterion, as: 'line' },
            { key: 'levels', label: m.rubric_levels, as: 'tags' },
            { key: 'reached', label: m.rubric_reached, as: 'line' },
          ],
        },
        { path: '/assessed', label: m.field_assessed, as: 'trait' },
        { path: '/portable', label: m.field_portable, as: 'trait' },
        { path: '/stackable', label: m.field_stackable, as: 'trait' },
      ],
    },
    { title: m.section_notes, fields: [{ path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint }] },
  ],
  related: [
    { kind: 'evidence', field: 'credentials', label: m.related_evidence, add: m.related_evidence_add, always: true },
    { kind: 'story', field: 'credentials', label: m.related_stories, add: m.related_stories_add, always: true },
    {
      kind: 'reflection',
      field: 'credential',
      label: m.related_reflections,
      add: m.related_reflections_add,
      always: true,
    },
    { kind: 'milestone', field: 'credential', label: m.related_milestones, add: m.related_milestones_add },
    { kind: 'budget-line', field: 'credential', label: m.related_costs, add: m.related_costs_add },
    { kind: 'funding', field: 'credential', label: m.related_funding, add: m.related_funding_add },
    { kind: 'expected-return', field: 'credential', label: m.related_returns, add: m.related_returns_add },
    { kind: 'sprint', field: 'credential', label: m.related_sprints, add: m.related_sprints_add },
    { kind: 'study-block', field: 'credential', label: m.related_blocks, add: m.related_blocks_add },
    { kind: 'deadline', field: 'credential', label: m.related_deadlines, add: m.related_deadlines_add },
  ],
  statuses,
  sorts,
  orders: ['position', 'title', 'date', 'updated', 'status', 'sort'],
  empty: {
    what: m.credential_empty_what,
    why: m.credential_empty_why,
    example: () => ({ title: m.credential_example() }),
  },
};
