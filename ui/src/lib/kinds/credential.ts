/** Credentials: badges, certificates, licences, degrees; thought about, planned, under way or earned. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
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

const purposes = {
  learn: m.purpose_learn,
  'show-skill': m.purpose_show_skill,
  'new-role': m.purpose_new_role,
  practise: m.purpose_practise,
  'further-study': m.purpose_further_study,
  'stay-current': m.purpose_stay_current,
};

const bloom = {
  remember: m.bloom_remember,
  understand: m.bloom_understand,
  apply: m.bloom_apply,
  analyse: m.bloom_analyse,
  evaluate: m.bloom_evaluate,
  create: m.bloom_create,
};

const dok = {
  recall: m.dok_recall,
  'skill-concept': m.dok_skill_concept,
  'strategic-thinking': m.dok_strategic_thinking,
  'extended-thinking': m.dok_extended_thinking,
};

const sfia = {
  follow: m.sfia_follow,
  assist: m.sfia_assist,
  apply: m.sfia_apply,
  enable: m.sfia_enable,
  'ensure-advise': m.sfia_ensure_advise,
  'initiate-influence': m.sfia_initiate_influence,
  'set-strategy': m.sfia_set_strategy,
};

export const credential: KindSpec = {
  ...faces.credential,
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
    {
      title: m.section_serves,
      together: m.field_goal,
      fields: [
        { path: '/purpose', label: m.field_purpose, as: 'choice', choices: purposes, optional: true },
        { path: '/goal', label: m.field_goal, as: 'line', hint: m.credential_goal_hint },
      ],
    },
    {
      title: m.section_depth,
      together: m.offer_depth,
      fields: [
        { path: '/bloom', label: m.field_bloom, as: 'choice', choices: bloom, optional: true },
        { path: '/dok', label: m.field_dok, as: 'choice', choices: dok, optional: true },
        { path: '/sfia', label: m.field_sfia, as: 'choice', choices: sfia, optional: true },
      ],
    },
    {
      title: m.section_path,
      together: m.section_path,
      fields: [
        { path: '/prerequisites', label: m.field_prerequisites, as: 'lines', hint: m.credential_prerequisites_hint },
        { path: '/progression', label: m.field_progression, as: 'prose', hint: m.credential_progression_hint },
        {
          path: '/credit_transfer',
          label: m.field_credit_transfer,
          as: 'rows',
          another: m.credit_transfer_another,
          columns: [
            { key: 'accepted_by', label: m.credit_transfer_accepted_by, as: 'line' },
            { key: 'credits', label: m.credit_transfer_credits, as: 'line' },
            { key: 'url', label: m.credit_transfer_url, as: 'address' },
          ],
        },
        { path: '/policy_version', label: m.field_policy_version, as: 'line', hint: m.credential_policy_hint },
        { path: '/teach_out', label: m.field_teach_out, as: 'prose', hint: m.credential_teach_out_hint },
      ],
    },
    {
      title: m.section_renewal_terms,
      together: m.section_renewal_terms,
      fields: [
        { path: '/ce_credits', label: m.field_ce_credits, as: 'number' },
        { path: '/ce_unit', label: m.field_ce_unit, as: 'line', hint: m.credential_ce_unit_hint },
        { path: '/cycle_start', label: m.field_cycle_start, as: 'partial-date' },
        { path: '/cycle_end', label: m.field_cycle_end, as: 'partial-date' },
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
    { kind: 'endorsement', field: 'credential', label: m.endorsement_many, add: m.endorsement_one },
    {
      kind: 'renewal-activity',
      field: 'credential',
      label: m.renewal_activity_many,
      add: m.renewal_activity_one,
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
    example: { name: m.credential_example, says: m.credential_example_says },
  },
};
